import { expect, test } from "vitest";
import { firstPassword, passwordFault } from "./password";

test.each([
  ["short1", "short"],
  ["aaaaaaaaaa", "simple"],
  ["12345678901", "simple"],
  ["E1001-abc", "number"],
  ["e1001-ABC", "number"],
  ["jieBang-2026", null],
  ["春风不度玉门关-1", null],
] as const)("%s of E1001: %s", (password, fault) => {
  expect(passwordFault(password, "E1001")).toBe(fault);
});

test("a first password keeps the rule, and no two are alike", () => {
  const made = Array.from({ length: 50 }, () => firstPassword("E1001"));
  expect(new Set(made).size).toBe(50);
  for (const one of made) {
    expect(one).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/);
    expect(passwordFault(one, "E1001")).toBeNull();
  }
});
