/** What the months of one person look like as a chart 提成历史图表. */
import type { HistoryMonth } from "@/api/commission";
import { fenOf, type Money } from "@/lib/money";
import type { Say } from "@/lib/words";
import type { ChartOption } from "../chart/EChart";
import type { payWords } from "./payWords";

export const kinds = ["earned", "taken_back", "payable", "handed", "paid", "owed", "held"] as const;
export type Kind = (typeof kinds)[number];

const yuan = ({ amount }: Money) => Number(fenOf(amount)) / 100;

/** Kinds with anything in them; what was earned always. */
export const found = (months: readonly HistoryMonth[]) =>
  kinds.filter(
    (kind) => kind === "earned" || months.some((month) => fenOf(month[kind].amount) !== 0n),
  );

/** Bars for what was booked, below the line what was taken back, a line for what falls due. */
export function historyChart(
  months: readonly HistoryMonth[],
  w: Say<typeof payWords>,
): ChartOption {
  const of = (kind: Kind) =>
    months.map((month) => (kind === "taken_back" ? -1 : 1) * yuan(month[kind]) + 0);
  return {
    legend: { type: "scroll", left: 0 },
    tooltip: { trigger: "axis" },
    xAxis: { type: "category", data: months.map(({ month }) => month) },
    yAxis: { type: "value" },
    series: found(months).map((kind) => ({
      name: w(kind),
      data: of(kind),
      ...(kind === "payable"
        ? { type: "line" as const }
        : {
            type: "bar" as const,
            ...((kind === "earned" || kind === "taken_back") && { stack: "booked" }),
          }),
    })),
  };
}
