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

test("a text that holds an object is shown as that object, its digests by their beginning", () => {
  const digest = "ab12cd34".repeat(8);
  const at = "2026-11-22T04:15:00.000Z";
  const deed = { what: "signed", seat: 0, proof: { level: "L1", read: digest } };
  const step = JSON.stringify({ at, deed, document: digest });
  expect(inWords({ step, no: 1 }, "zh")).toEqual({
    no: 1,
    step: {
      at,
      deed: { what: "已签署", seat: 0, proof: { level: "约定电子签名", read: "ab12cd34…" } },
      digest: "ab12cd34…",
    },
  });
  const terms = JSON.stringify([{ party: "entity/ent_1", role: "company" }]);
  expect(inWords({ terms }, "en")).toEqual({
    terms: [{ party: "the company", role: "the company" }],
  });
  expect(inWords({ reason: "{客户要求}", note: '{"a":1}' }, "zh")).toEqual({
    reason: "{客户要求}",
    note: '{"a":1}',
  });
});
