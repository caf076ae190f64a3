import { expect, test } from "vitest";
import type { ExitItem } from "./calls";
import { begin, leavesNothing, leavesPart, planToSign, reasonsOf, waysOf } from "./deciding";

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

const by = (plan_id: string | null, amount?: string) => ({
  passed_on: {
    plan: plan_id && "JJ2026-0001",
    plan_id,
    to: null,
    leaves: amount ? { amount, currency: "CNY" as const } : null,
    leaves_on: "2026-12-23",
    zh: "",
    en: "",
  },
});

test("what terms of a handover left to others is never paid as it comes in", () => {
  const kept = {};
  const passed = by("pln_1");
  expect(waysOf([kept])).toContain("on_collection");
  expect(reasonsOf([kept, passed])).not.toContain("terms_agreed");
  expect(waysOf([kept, passed])).not.toContain("on_collection");
  expect(reasonsOf([passed])).toContain("terms_agreed");
  expect(planToSign([kept, passed])).toBeUndefined();
});

test("where terms leave him a part it comes in by his signature under that plan", () => {
  const part = by("pln_1", "0.20");
  expect(waysOf([part, part])).toContain("on_collection");
  expect(planToSign([part, part])).toBe("pln_1");
  expect(reasonsOf([part])).not.toContain("terms_agreed");
  for (const other of [{}, by("pln_1"), by("pln_2", "0.20")]) {
    expect(waysOf([part, other])).not.toContain("on_collection");
    expect(waysOf([other, part])).not.toContain("on_collection");
  }
});

test("the paper of a decision is shown again for the plan it was signed for", () => {
  const consent = { plan: "pln_1", paper: "协议 XY-3" };
  const decision = { on_collection: { until: "2027-01-31", statement_months: 3, consent } };
  const under = (terms: object) => begin([{ ...item(decision), ...terms }]).initial;
  expect(under(by("pln_1", "0.20")).paper).toBe("协议 XY-3");
  expect(under(by("pln_2", "0.20"))).toMatchObject({ way: "on_collection" });
  expect(under(by("pln_2", "0.20")).paper).toBeUndefined();
});

test("a way that is not offered any more is not chosen beforehand", () => {
  const initial = begin([{ ...item(on("2027-01-31")), ...by("pln_1") }]).initial;
  expect(initial).toEqual({ months: 3 });
});

test("what changed hands by no one plan is never paid as it comes in", () => {
  for (const passed of [by(null), by(null, "0.20")]) {
    expect(waysOf([passed])).not.toContain("on_collection");
    expect(planToSign([passed])).toBeUndefined();
    // Nobody agreed to terms that are not there, and no word of the form says so.
    for (const about of [[passed], [by("pln_1"), passed]]) {
      expect(reasonsOf(about)).not.toContain("terms_agreed");
    }
    expect(leavesNothing(passed) || leavesPart(passed)).toBe(false);
  }
});
