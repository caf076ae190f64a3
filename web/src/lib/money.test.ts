import { describe, expect, test } from "vitest";
import {
  fenOf,
  formatAmount,
  formatCount,
  formatMoney,
  inMillions,
  inWan,
  readAmount,
  sumOf,
} from "./money";

const yuan = (amount: string) => ({ amount, currency: "CNY" });

describe("money on screen", () => {
  test.each([
    ["0", "¥0.00"],
    ["0.1", "¥0.10"],
    ["-0.05", "-¥0.05"],
    ["999", "¥999.00"],
    ["1234567.8", "¥1,234,567.80"],
    ["-4139413.86", "-¥4,139,413.86"],
    // Beyond 2^53 fen, where a JavaScript number would round.
    ["92233720368547758.07", "¥92,233,720,368,547,758.07"],
  ])("%s reads %s", (amount, shown) => expect(formatMoney(yuan(amount))).toBe(shown));

  test("other currencies show their code", () => {
    expect(formatMoney({ amount: "12", currency: "USD" })).toBe("USD 12.00");
  });

  test.each([
    ["807194000.00", "80,719.4"],
    ["0", "0"],
    ["499.99", "0.0"],
    ["500.00", "0.1"],
    ["-807195500.00", "-80,719.6"],
    ["-1.00", "0.0"],
  ])("%s is %s ten thousands", (amount, shown) => expect(inWan(amount)).toBe(shown));

  test.each([
    ["5208000.00", "¥5.21"],
    ["-1234567890.00", "-¥1,234.57"],
    ["999999.99", undefined],
    ["0", undefined],
  ])("%s is %s millions", (amount, shown) => expect(inMillions(amount)).toBe(shown));

  test.each(["", "1,000", "1e3", "1.234", "NaN", " 1"])("refuses %j", (text) => {
    expect(() => fenOf(text)).toThrow(RangeError);
  });
});

test.each([
  [0, "0"],
  [999, "999"],
  [4459, "4,459"],
  [1234567, "1,234,567"],
])("%d things are %s", (count, shown) => expect(formatCount(count)).toBe(shown));

test("sums are exact where floats are not", () => {
  expect(sumOf([yuan("0.1"), yuan("0.2")])).toEqual(yuan("0.30"));
  expect(sumOf([])).toEqual(yuan("0.00"));
  expect(() => sumOf([yuan("1"), { amount: "1", currency: "USD" }])).toThrow(RangeError);
});

test.each([
  ["¥1,234.5", "1234.50"],
  [" 1 234 ", "1234.00"],
  ["－5", "-5.00"],
  ["１２００", "1200.00"],
  ["abc", null],
  ["1.239", null],
])("a person types %j, meaning %j", (typed, amount) => expect(readAmount(typed)).toBe(amount));

test("every amount survives being written and read again", () => {
  for (let fen = -12_345n; fen < 12_345n; fen += 7n) {
    const sign = fen < 0n ? "-" : "";
    const digits = (fen < 0n ? -fen : fen).toString().padStart(3, "0");
    const plain = `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
    expect(fenOf(readAmount(formatAmount(plain)) ?? "")).toBe(fen);
  }
});
