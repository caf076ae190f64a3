import { expect, test } from "vitest";
import { inWords } from "./codes";

test.each([
  ["submitted", "待接收与批准", "submitted"],
  [true, "是", "yes"],
  [false, "否", "no"],
  ["departure.resignation", "辞职", "resignation"],
  // What is no code of ours stays as it was recorded.
  ["上海", "上海", "上海"],
  ["constructor", "constructor", "constructor"],
  [null, null, null],
  [12, 12, 12],
])("%j reads %j, in English %j", (value, zh, en) => {
  expect(inWords(value, "zh")).toBe(zh);
  expect(inWords(value, "en")).toBe(en);
});

test("codes inside of values have their words too; names of fields are left alone", () => {
  const before = { before: { state: "draft" }, after: [{ state: "approved", active: true }] };
  expect(inWords(before, "zh")).toEqual({
    before: { state: "草稿" },
    after: [{ state: "已批准", active: "是" }],
  });
});

test("what people typed is no code, even where it reads like one", () => {
  expect(inWords({ number: "auditor", reason: "contract_fell" }, "zh")).toEqual({
    number: "auditor",
    reason: "合同未成立或已解除",
  });
});
