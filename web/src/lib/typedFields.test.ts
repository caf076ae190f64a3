import { expect, test } from "vitest";
import { sentOf, shownOf, type TypedField } from "./typedFields";

const field = (key: string, kind: string, columns: TypedField[] = []): TypedField => ({
  key,
  zh: key,
  en: key,
  kind,
  required: true,
  hint: "",
  hint_en: "",
  choices: [],
  columns,
});

const fields = [
  field("pay", "money"),
  field("on", "day"),
  field("months", "count"),
  field("told", "yes"),
  field("why", "note"),
  field("things", "list", [field("name", "text"), field("worth", "money")]),
];

test("what was left empty is not sent, and no is not empty", () => {
  const values = { pay: "", on: undefined, months: 0, told: false, why: "  ", things: [] };
  expect(sentOf(fields, values)).toEqual({ months: 0, told: false });
});

test("amounts travel as money, also in rows", () => {
  const values = { pay: "12.50", things: [{ name: "电脑", worth: "3000" }, { name: "卡" }] };
  expect(sentOf(fields, values)).toEqual({
    pay: { amount: "12.50", currency: "CNY" },
    things: [{ name: "电脑", worth: { amount: "3000", currency: "CNY" } }, { name: "卡" }],
  });
});

test("what was filled in the last time comes back as it was typed", () => {
  const values = { pay: "12.50", on: "2026-12-22", things: [{ name: "电脑", worth: "3000.00" }] };
  expect(shownOf(fields, sentOf(fields, values))).toEqual(values);
});

test("what the form does not know is neither shown nor sent", () => {
  expect(shownOf(fields, { salary: 1 })).toEqual({});
  expect(sentOf(fields, { salary: 1 })).toEqual({});
});
