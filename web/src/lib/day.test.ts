import { expect, test } from "vitest";
import { addDays, dayOf, daysBetween, formatMoment } from "./day";

test.each([
  ["2026-11-18T01:12:00.000Z", "2026-11-18 09:12"],
  ["2026-11-21T16:00:00.000Z", "2026-11-22 00:00"],
  ["2026-12-31T15:59:59.999Z", "2026-12-31 23:59"],
])("%s is %s in Shanghai", (moment, shown) => {
  expect(formatMoment(moment)).toBe(shown);
  expect(dayOf(moment)).toBe(shown.slice(0, 10));
});

test.each([
  ["2026-02-28", "2026-03-01", 1],
  ["2028-02-28", "2028-03-01", 2],
  ["2026-03-01", "2026-02-28", -1],
  ["2025-01-01", "2026-01-01", 365],
])("from %s to %s are %d days", (from, until, days) => {
  expect(daysBetween(from, until)).toBe(days);
  expect(addDays(from, days)).toBe(until);
});

test("what is no day is refused", () => {
  expect(() => daysBetween("2026-13-01", "2026-01-01")).toThrow(RangeError);
});
