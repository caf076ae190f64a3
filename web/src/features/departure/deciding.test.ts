import { expect, test } from "vitest";
import type { ExitItem } from "./calls";
import { begin, reasonsOf, waysOf } from "./deciding";

const on = (until: string) => ({ on_collection: { until, statement_months: 6 } });
const item = (decision: unknown) => ({ suggested: { decision } }) as unknown as ExitItem;

test("what is suggested for all of them is what the form begins with", () => {
  const { initial, differ } = begin([item(on("2027-01-31")), item(on("2027-01-31"))]);
  expect(differ).toBe(false);
  expect(initial.way).toBe("on_collection");
  expect(initial.until?.format("YYYY-MM-DD")).toBe("2027-01-31");
  expect(initial.months).toBe(6);
  expect(begin([item("pay_in_full")])).toMatchObject({
    initial: { way: "pay_in_full" },
    differ: false,
  });
});

test("where suggestions differ nothing is chosen beforehand", () => {
  for (const other of ["pay_in_full", on("2027-06-30"), undefined]) {
    const { initial, differ } = begin([item(on("2027-01-31")), item(other)]);
    expect(differ).toBe(true);
    expect(initial.way).toBeUndefined();
  }
});

test("what terms of a handover left to others is never paid as it comes in", () => {
  const kept = {};
  const passed = { passed_on: { plan: "JJ2026-0001", plan_id: "pln_1", to: null } };
  expect(waysOf([kept])).toContain("on_collection");
  expect(reasonsOf([kept, passed])).not.toContain("terms_agreed");
  expect(waysOf([kept, passed])).not.toContain("on_collection");
  expect(reasonsOf([passed])).toContain("terms_agreed");
});
