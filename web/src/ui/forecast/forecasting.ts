/** What a forecast looks like as a chart 测算图表. */
import type { Schema } from "@/api/client";
import { fenOf, type Money } from "@/lib/money";
import type { Say } from "@/lib/words";
import type { ChartOption } from "../chart/EChart";
import type { forecastWords } from "./forecastWords";

export type Figures = Schema<"ForecastFigures">;
export type Foreseen = Schema<"ForecastPerson">;
export type ForeseenCustomer = Schema<"ForecastCustomer">;
export type Range = Schema<"ForecastRange">;

/** `2026-12-05` and 2 → the same day two months later, or the last of that month. */
export function monthsLater(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last)))
    .toISOString()
    .slice(0, 10);
}

/** Yuan, for drawing only; a picture needs no fen. */
export const drawn = ({ amount }: Money) => Number(fenOf(amount)) / 100;

/** The least and the most of three; a rich year of the customers may be a poor one of a person. */
export function spanOf({ low, mid, high }: Range): [Money, Money] {
  const sorted = [low, mid, high].sort((a, b) => (fenOf(a.amount) < fenOf(b.amount) ? -1 : 1));
  return [sorted[0] ?? low, sorted[2] ?? high];
}

/** Of one person both courses side by side; of several what each gets, one above the other. */
export function monthsChart(of: Figures, w: Say<typeof forecastWords>): ChartOption {
  const { months, effective_on } = of;
  const axis = Array.from({ length: 12 }, (_, at) => monthsLater(effective_on, at).slice(0, 7));
  const alone = months.length === 1;
  const series = months.flatMap(({ person: { name }, with: then, without }) => [
    ...(alone
      ? [{ type: "bar" as const, name: w("without"), data: without.map(drawn) }]
      : []),
    {
      type: "bar" as const,
      name: alone ? w("with") : w("series_with", { name }),
      data: then.map(drawn),
      ...(!alone && { stack: "with" }),
    },
  ]);
  return {
    legend: { type: "scroll", left: 0 },
    tooltip: { trigger: "axis" },
    xAxis: { type: "category", data: axis },
    yAxis: { type: "value" },
    series,
  };
}
