import { expect, test } from "vitest";
import { passwordFault } from "./password";

test.each([
  ["short1", "short"],
  ["aaaaaaaaaa", "simple"],
  ["12345678901", "simple"],
  ["E1001-abc", "number"],
  ["jieBang-2026", null],
  ["春风不度玉门关-1", null],
] as const)("%s of E1001: %s", (password, fault) => {
  expect(passwordFault(password, "E1001")).toBe(fault);
});
