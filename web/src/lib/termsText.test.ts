import { expect, test } from "vitest";
import { termsText } from "./termsText";

const steps = [
  { before_day: 30, share: 7000 },
  { before_day: 60, share: 5000 },
];

test.each([
  [
    { protection: { steps, afterwards: 250, covers: "signed_before" } },
    "交接后 30 天内 70%、60 天内 50%，其后 2.5%，只限交接前签订的合同",
    "70% within 30 days, 50% within 60 days, then 2.5%, of contracts signed before",
  ],
  [{ to_contract_end: { share: 5000 } }, "至合同结束 50%", "50% to the contract’s end"],
  [
    { negotiated: { share: 3000, until: null, agreement: "XY-1" } },
    "协商 30%（XY-1）",
    "30% as negotiated (XY-1)",
  ],
  [
    { share_of_work: { pieces: [{ name: "签约", weight: 4000, done: 10000 }] } },
    "按工作量：签约占 40%、交接前完成 100%",
    "by share of work: 签约 40%, 100% of it done before",
  ],
])("%j is said in a sentence", (terms, zh, en) => {
  expect(termsText(terms, "zh")).toBe(zh);
  expect(termsText(terms, "en")).toBe(en);
});

test("anything else is no terms", () => {
  for (const other of [null, "nothing_kept", {}, { protection: 1 }, { share: 1, protection: {} }]) {
    expect(termsText(other, "zh")).toBeUndefined();
  }
});
