import { expect, test } from "vitest";
import type { HistoryMonth } from "@/api/commission";
import { sayIn } from "@/lib/words";
import { found, historyChart } from "./history";
import { payWords } from "./payWords";

const yuan = (amount: string) => ({ amount, currency: "CNY" });
const month = (name: string, amounts: Partial<Record<string, string>>): HistoryMonth => ({
  month: name,
  stage: "closed",
  earned: yuan(amounts.earned ?? "0.00"),
  taken_back: yuan(amounts.taken_back ?? "0.00"),
  payable: yuan(amounts.payable ?? "0.00"),
  handed: yuan(amounts.handed ?? "0.00"),
  paid: yuan(amounts.paid ?? "0.00"),
  owed: yuan(amounts.owed ?? "0.00"),
  held: yuan(amounts.held ?? "0.00"),
});

test("only what there is is drawn, and what was taken back hangs below", () => {
  const months = [
    month("2026-11", { earned: "1000.50", taken_back: "200.00" }),
    month("2026-12", { payable: "800.50" }),
  ];
  expect(found(months)).toEqual(["earned", "taken_back", "payable"]);
  const option = historyChart(months, sayIn(payWords, "zh"));
  const series = option.series as { name: string; type: string; data: number[] }[];
  expect(series.map(({ name, type, data }) => [name, type, data])).toEqual([
    ["计提", "bar", [1000.5, 0]],
    ["扣回", "bar", [-200, 0]],
    ["应付", "line", [0, 800.5]],
  ]);
  expect(found([month("2026-11", {})])).toEqual(["earned"]);
});
