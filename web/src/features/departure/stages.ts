/** The stages of a departure in their order 离职阶段. */
import type { BoardItem, DepartureView } from "./calls";

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

/** Whether it was taken back, so that nobody leaves. */
export function isWithdrawn({ stage }: { stage: { key: string } }): boolean {
  return stage.key === "withdrawn";
}

/** What keeps a departure from being closed, as far as the page shows; the server looks again. */
export type Lack = { key: "gates"; count: number } | { key: "day"; day: string };

type Closing = {
  gates: readonly Pick<DepartureView["gates"][number], "state">[];
  dates: { clocks: { employment_ends_on: string } };
};

export function lacksOf({ gates, dates }: Closing, today: string): Lack[] {
  const count = gates.filter(({ state }) => state === "red").length;
  const day = dates.clocks.employment_ends_on;
  return [
    ...(count > 0 ? [{ key: "gates" as const, count }] : []),
    ...(today < day ? [{ key: "day" as const, day }] : []),
  ];
}

/** The departure of that person that is still open, among those listed. */
export function ownOpen(
  items: readonly BoardItem[],
  me: string | null | undefined,
): BoardItem | undefined {
  return items.find(({ employee, closed_at, stage }) => {
    return employee.id === me && !closed_at && !isWithdrawn({ stage });
  });
}
