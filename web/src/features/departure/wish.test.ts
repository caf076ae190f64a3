import dayjs from "dayjs";
import { expect, test } from "vitest";
import { Problem } from "@/lib/problem";
import type { Kind } from "./calls";
import { lacksCheck, lacksDay, reasonHint, undated, wishOf } from "./wish";

const kind = (starter: Kind["starter"], asks_protection = false) =>
  ({ key: "some_kind", starter, asks_protection }) as Kind;

test("days are sent as days, what is empty is not sent", () => {
  const draft = { employee_id: "emp_1", wished_on: dayjs("2026-12-31"), reason: " 个人发展 " };
  expect(JSON.parse(JSON.stringify(wishOf(draft, kind("employee"))))).toEqual({
    employee_id: "emp_1",
    kind: "some_kind",
    wished_on: "2026-12-31",
    reason: "个人发展",
  });
});

test("protection is told only where the law asks for it, and only once checked", () => {
  const days = { medical: dayjs("2027-01-05"), retires: dayjs("2029-06-01") };
  const draft = { work_injury: true, ...days };
  expect(wishOf({ ...draft, checked: true }, kind("employer")).protected).toBeUndefined();
  expect(wishOf(draft, kind("employer", true)).protected).toBeUndefined();
  // A finished task ends employment by law, and is put off for whoever is protected (art. 45).
  expect(wishOf({ ...draft, checked: true }, kind("law", true)).protected).toEqual({
    occupational_check_pending: false,
    work_injury: true,
    other_by_law: false,
    medical_until: "2027-01-05",
    maternity_until: undefined,
    retires_on: "2029-06-01",
  });
});

test("what a kind asks for is learned without the days that were filled in", () => {
  const draft = { employee_id: "emp_1", wished_on: dayjs("2026-12-31"), reason: "" };
  expect(JSON.parse(JSON.stringify(undated(wishOf(draft, kind("employee")))))).toEqual({
    employee_id: "emp_1",
    kind: "some_kind",
    reason: "",
  });
  expect(lacksDay(new Problem(422, { code: "departure.needs_day" }))).toBe(true);
  expect(lacksDay(new Problem(422, { code: "departure.received_in_future" }))).toBe(false);
  expect(lacksDay(null)).toBe(false);
});

test("pay instead of notice and the days of the city are told where they mean something", () => {
  const draft = { employee_id: "emp_1", pay_in_lieu: true, local_notice_days: 30 };
  const of = (notice: string) => wishOf(draft, { ...kind("employer"), notice } as Kind);
  expect(of("thirty_days_or_one_month_pay").pay_in_lieu).toBe(true);
  expect(of("thirty_days_or_one_month_pay").local_notice_days).toBeUndefined();
  expect(of("local").local_notice_days).toBe(30);
  // A layoff knows neither (art. 41).
  for (const notice of ["local", "thirty_days", "at_once", "none"]) {
    expect(of(notice).pay_in_lieu).toBeUndefined();
  }
  expect(of("thirty_days").local_notice_days).toBeUndefined();
});

test("the end of credit is sent as a day, and not asked with the day of the kind", () => {
  const draft = { employee_id: "emp_1", commission_cutoff_on: dayjs("2026-12-15") };
  const wish = wishOf(draft, kind("employee"));
  expect(wish.commission_cutoff_on).toBe("2026-12-15");
  expect(undated(wish).commission_cutoff_on).toBeUndefined();
});

test("a check that was not made yet is no fault", () => {
  expect(lacksCheck(new Problem(422, { code: "departure.protection_unchecked" }))).toBe(true);
  expect(lacksCheck(new Problem(409, { code: "departure.protected" }))).toBe(false);
  expect(lacksCheck(null)).toBe(false);
});

test("only a resignation is told that it needs no reason", () => {
  const hint = (key: string, starter: Kind["starter"]) =>
    reasonHint({ ...kind(starter), key } as Kind);
  expect(hint("resignation", "employee")).toBe("reason_hint");
  expect(hint("resignation_for_cause", "employee")).toBe("fault_hint");
  expect(hint("mutual_by_employer", "employer")).toBe("reason_mutual");
  expect(hint("no_fault_dismissal", "employer")).toBe("reason_facts");
  expect(hint("retirement", "law")).toBe("reason_any");
  expect(reasonHint(undefined)).toBe("reason_any");
});
