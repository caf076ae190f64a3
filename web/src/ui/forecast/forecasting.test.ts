import { expect, test } from "vitest";
import { sayIn } from "@/lib/words";
import { monthsChart, monthsLater, spanOf, type Figures } from "./forecasting";
import { forecastWords } from "./forecastWords";

test("months are counted as people count them", () => {
  expect(monthsLater("2026-12-05", 0)).toBe("2026-12-05");
  expect(monthsLater("2026-12-05", 2)).toBe("2027-02-05");
  expect(monthsLater("2026-08-31", 1)).toBe("2026-09-30");
  expect(monthsLater("2027-12-31", 2)).toBe("2028-02-29");
});

const yuan = (amount: string) => ({ amount, currency: "CNY" });

test("the span of a person goes from the least to the most", () => {
  const of = { low: yuan("120.00"), mid: yuan("9.50"), high: yuan("-1.00") };
  expect(spanOf(of).map(({ amount }) => amount)).toEqual(["-1.00", "120.00"]);
});

const row = (name: string, amount: string) => ({
  person: { id: name, number: name, name },
  without: Array.from({ length: 12 }, () => yuan("1.00")),
  with: Array.from({ length: 12 }, () => yuan(amount)),
});

test("one person sees both courses, several what each gets", () => {
  const w = sayIn(forecastWords, "zh");
  const of = (months: Figures["months"]) =>
    monthsChart({ months, effective_on: "2026-12-01" } as Figures, w);
  const names = (option: ReturnType<typeof of>) =>
    (option.series as { name: string; stack?: string; data: number[] }[]).map(
      ({ name, stack, data }) => [name, stack, data[0]],
    );
  expect(names(of([row("张三", "1234.56")]))).toEqual([
    ["若不交接", undefined, 1],
    ["按方案和条款", undefined, 1234.56],
  ]);
  expect(names(of([row("张三", "0.70"), row("李四", "0.30")]))).toEqual([
    ["张三（按方案）", "with", 0.7],
    ["李四（按方案）", "with", 0.3],
  ]);
});
