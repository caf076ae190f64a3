import { expect, test } from "vitest";
import type { BoardItem } from "./calls";
import { byStage, lacksOf, ownOpen } from "./stages";

const item = (id: string, stage: string, last: string) =>
  ({ id, stage: { key: stage }, clocks: { last_working_day: last } }) as BoardItem;

test("each stage has its departures, the nearest last day first", () => {
  const columns = byStage([
    item("late", "handing_over", "2026-12-18"),
    item("gone", "withdrawn", "2026-12-01"),
    item("soon", "handing_over", "2026-11-30"),
    item("new", "filed", "2026-12-20"),
  ]);
  expect(columns.handing_over.map(({ id }) => id)).toEqual(["soon", "late"]);
  expect(columns.filed.map(({ id }) => id)).toEqual(["new"]);
  expect(Object.values(columns).flat()).toHaveLength(3);
});

test("open gates and a day to come keep a departure open, a waived gate does not", () => {
  const of = (...states: string[]) => ({
    gates: states.map((state) => ({ state })),
    dates: { clocks: { employment_ends_on: "2026-12-18" } },
  });
  expect(lacksOf(of("red", "green", "red"), "2026-11-28")).toEqual([
    { key: "gates", count: 2 },
    { key: "day", day: "2026-12-18" },
  ]);
  expect(lacksOf(of("green", "waived"), "2026-12-17")).toEqual([{ key: "day", day: "2026-12-18" }]);
  expect(lacksOf(of("green", "waived"), "2026-12-18")).toEqual([]);
});

test("one’s own departure is found while it is open", () => {
  const of = (id: string, stage: string, closed_at?: string) =>
    ({ id, employee: { id: "emp_a" }, stage: { key: stage }, closed_at }) as BoardItem;
  const items = [of("gone", "withdrawn"), of("old", "closed", "2025-01-01"), of("now", "settling")];
  expect(ownOpen(items, "emp_a")?.id).toBe("now");
  expect(ownOpen(items, "emp_b")).toBeUndefined();
  expect(ownOpen(items, undefined)).toBeUndefined();
});
