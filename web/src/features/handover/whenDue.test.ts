import { expect, test } from "vitest";
import { dueOf } from "./whenDue";

const plan = (effective_on: string, may: string[] = [], blocks?: boolean) =>
  ({
    state: "approved",
    effective_on,
    may,
    conflicts: blocks === undefined ? [] : [{ blocks }],
  }) as const;

test("on its day a plan is under way, and missed from the next day on", () => {
  expect(dueOf(plan("2026-11-29"), "2026-11-29")).toBe("now");
  expect(dueOf(plan("2026-11-28"), "2026-11-29")).toBe("missed");
  expect(dueOf(plan("2026-11-30"), "2026-11-29")).toBeUndefined();
});

test("what stands in the way is no execution under way", () => {
  expect(dueOf(plan("2026-11-29", [], true), "2026-11-29")).toBe("missed");
  expect(dueOf(plan("2026-11-29", [], false), "2026-11-29")).toBe("now");
  expect(dueOf(plan("2026-11-30", [], true), "2026-11-29")).toBeUndefined();
});

test("a page that was opened the day before goes by what the server allows", () => {
  expect(dueOf(plan("2026-11-30", ["execute"]), "2026-11-29")).toBe("now");
});

test("only an approved plan is due", () => {
  expect(dueOf({ ...plan("2026-11-28"), state: "executed" }, "2026-11-29")).toBeUndefined();
});
