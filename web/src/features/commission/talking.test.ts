import { expect, test } from "vitest";
import { above, fenOf, fits, moneyIn } from "./talking";

const yuan = (amount: string) => ({ amount, currency: "CNY" });

test.each([
  ["2302.22", 230222],
  ["2302.2", 230220],
  ["2302", 230200],
  ["-0.05", -5],
  ["0.29", 29],
])("%s is %i fen", (text, fen) => expect(fenOf(text)).toBe(fen));

test.each([
  ["2400.00", "2302.22", "2500.00", true],
  ["2302.22", "2302.22", "2500.00", false],
  ["2500.00", "2302.22", "2500.00", false],
  ["-50", "-100.00", "0.00", true],
  ["2400.00", "2302.22", undefined, true],
  ["2302.22", "2302.22", undefined, false],
  ["much", "2302.22", undefined, false],
])("granting %s of %s, claimed %s: %s", (granted, now, claimed, fine) => {
  expect(fits(granted, yuan(now), claimed ? yuan(claimed) : undefined)).toBe(fine);
});

test("nothing typed is no amount", () => {
  expect(moneyIn(" ")).toBeUndefined();
  expect(moneyIn(undefined)).toBeUndefined();
  expect(moneyIn(" 12.5 ")).toEqual(yuan("12.5"));
});

test.each([
  ["", "100.00", true],
  ["100.01", "100.00", true],
  ["100.00", "100.00", false],
  ["-1", "100.00", false],
  ["-49.99", "-50.00", true],
  ["x", "100.00", false],
])("claiming %s of %s: %s", (claimed, now, fine) =>
  expect(above(claimed, yuan(now))).toBe(fine),
);
