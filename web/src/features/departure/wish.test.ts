import dayjs from "dayjs";
import { expect, test } from "vitest";
import { Problem } from "@/lib/problem";
import type { Kind } from "./calls";
import { lacksDay, undated, wishOf } from "./wish";

const kind = (starter: Kind["starter"]) => ({ key: "some_kind", starter }) as Kind;

test("days are sent as days, what is empty is not sent", () => {
  const draft = { employee_id: "emp_1", wished_on: dayjs("2026-12-31"), reason: " 个人发展 " };
  expect(JSON.parse(JSON.stringify(wishOf(draft, kind("employee"))))).toEqual({
    employee_id: "emp_1",
    kind: "some_kind",
    wished_on: "2026-12-31",
    reason: "个人发展",
  });
});

test("protection is told only where the company ends employment, and only once checked", () => {
  const draft = { work_injury: true, medical: dayjs("2027-01-05") };
  expect(wishOf({ ...draft, checked: true }, kind("employee")).protected).toBeUndefined();
  expect(wishOf(draft, kind("employer")).protected).toBeUndefined();
  expect(wishOf({ ...draft, checked: true }, kind("employer")).protected).toEqual({
    occupational_check_pending: false,
    work_injury: true,
    other_by_law: false,
    medical_until: "2027-01-05",
    maternity_until: undefined,
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
