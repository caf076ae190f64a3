import dayjs from "dayjs";
import { expect, test } from "vitest";
import { Problem } from "@/lib/problem";
import type { Kind } from "./calls";
import { lacksDay, undated, wishOf } from "./wish";

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
