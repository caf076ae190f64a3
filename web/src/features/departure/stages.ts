/** The stages of a departure in their order 离职阶段. */
import type { BoardItem } from "./calls";

export const stages = ["filed", "acknowledged", "handing_over", "settling", "closed"] as const;

export type StageKey = (typeof stages)[number];

/** The departures of each stage, the nearest last working day first; withdrawn ones nowhere. */
export function byStage(items: readonly BoardItem[]): Record<StageKey, BoardItem[]> {
  const columns: Record<StageKey, BoardItem[]> = {
    filed: [],
    acknowledged: [],
    handing_over: [],
    settling: [],
    closed: [],
  };
  for (const item of items) {
    const stage = stages.find((key) => key === item.stage.key);
    if (stage) columns[stage].push(item);
  }
  for (const column of Object.values(columns)) {
    column.sort((a, b) => (a.clocks.last_working_day < b.clocks.last_working_day ? -1 : 1));
  }
  return columns;
}
