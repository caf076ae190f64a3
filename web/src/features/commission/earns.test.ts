import { expect, test } from "vitest";
import { earns } from "./earns";
import { bpsOf, percentOf } from "@/lib/percent";

const tiers = [
  { from: "0", bps: 300 },
  { from: "100000", bps: 500 },
  { from: "300000", bps: 800 },
];

test.each([
  ["0", "0.00"],
  ["100000", "3000.00"],
  ["250000", "10500.00"],
  ["300000.01", "13000.00"],
  ["400000", "21000.00"],
])("%s earns %s by marginal tiers", (amount, pay) => {
  expect(earns(amount, tiers)).toBe(pay);
});

test("half a fen is rounded away from zero", () => {
  expect(earns("0.50", [{ from: "0", bps: 100 }])).toBe("0.01");
  expect(earns("0.49", [{ from: "0", bps: 100 }])).toBe("0.00");
});

test("per cents and basis points", () => {
  expect(bpsOf(3.33)).toBe(333);
  expect(percentOf(7000)).toBe("70%");
});
