import { expect, test } from "vitest";
import { changesOf, fieldText, remarksOf, textOf } from "./changes";

test("fields are laid side by side, those that stayed are left out", () => {
  const detail = {
    before: { department: "华东一部", post: "业务员", grade: "P5" },
    after: { department: "华东二部", post: "业务员", capacity: 80 },
    reason: "区域调整",
    note: "",
  };
  expect(changesOf(detail)).toEqual([
    { field: "department", before: "华东一部", after: "华东二部" },
    { field: "grade", before: "P5", after: undefined },
    { field: "capacity", before: undefined, after: 80 },
  ]);
  expect(remarksOf(detail)).toEqual([{ field: "reason", value: "区域调整" }]);
});

test("a change of one plain value has no field name", () => {
  expect(changesOf({ before: ["hr"], after: ["hr", "finance"] })).toEqual([
    { field: "", before: ["hr"], after: ["hr", "finance"] },
  ]);
  expect(changesOf({ before: null, after: "emp_1" })).toEqual([
    { field: "", before: null, after: "emp_1" },
  ]);
});

test("people are called by their names, and nobody else is", () => {
  const people = { emp_1: "张三 E002" };
  const words = { named: (field: string) => field, language: "zh" as const, people };
  expect(textOf(["emp_1", "emp_2"], words)).toBe("张三 E002、emp_2");
  expect(textOf("constructor", words)).toBe("constructor");
});

test("what has no before and after shows no change", () => {
  expect(changesOf(null)).toEqual([]);
  expect(changesOf({ amount: 3 })).toEqual([]);
  expect(changesOf({ before: "a", after: "a" })).toEqual([]);
});

test.each([
  [undefined, "—"],
  [null, "—"],
  [[], "—"],
  [["甲", "乙"], "甲、乙"],
  [{ amount: "12.00", currency: "CNY" }, "¥12.00"],
  [{ key: "assets", zh: "资产", en: "Assets" }, "资产"],
  [{ node: "assets", count: 2, note: null }, "node assets，count 2"],
  ["2026-11-22T04:15:00.000Z", "2026-11-22 12:15"],
  [0, "0"],
  [false, "false"],
])("%j reads %s", (value, text) => expect(textOf(value)).toBe(text));

test("fields of fields have their names too, in the language of the page", () => {
  const words = { named: (field: string) => field.toUpperCase(), language: "en" } as const;
  expect(textOf([{ node: "assets" }, { zh: "资产", en: "Assets" }], words)).toBe(
    "NODE assets, Assets",
  );
});

test("shares are said in per cent, terms in a sentence, and a lock that never was as none", () => {
  expect(textOf({ share: 2500, person: "emp_1" })).toBe("share 25%，person emp_1");
  const terms = { to_contract_end: { share: 5000 } };
  const change = { change: "修改提成条款", customer_ids: [], terms };
  expect(textOf({ change })).toBe("change 修改提成条款：terms 至合同结束 50%");
  expect(textOf("inv_01m8k7m1bb2m95pnyn0q8tyng6")).toBe("…8tyng6");
  expect(textOf("1970-01-01T00:00:00.000Z")).toBe("没有");
});

test("money is money in a field that is called amount, too", () => {
  const money = { amount: "39144.16", currency: "CNY" };
  expect(fieldText("amount", money)).toBe("¥39,144.16");
  expect(textOf({ amount: money })).toBe("amount ¥39,144.16");
});
