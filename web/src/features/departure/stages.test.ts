import { expect, test } from "vitest";
import type { BoardItem } from "./calls";
import { byStage } from "./stages";

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
