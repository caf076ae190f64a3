import { expect, test } from "vitest";
import {
  asCodes,
  asWords,
  cellsPasted,
  changes,
  factOf,
  moved,
  pasted,
  withInput,
  withRow,
  type Table,
} from "./table";

const table: Table = {
  key: "t",
  title: { zh: "表" },
  hit: "unique",
  inputs: [{ key: "industry", label: { zh: "行业" }, holds: { kind: "text" } }],
  outputs: [{ key: "rate", label: { zh: "比例" }, holds: { kind: "rate" } }],
  rows: [
    { id: "r1", when: ['"机械"'], then: ["0.05"] },
    { id: "r2", when: ['not("机械")'], then: ["0.02"] },
  ],
};

test("what is copied from a spreadsheet fills cells and adds rows", () => {
  const cells = cellsPasted('"机械"\t4%\r\n"医药"\t5%\r\n');
  expect(cells).toEqual([['"机械"', "4%"], ['"医药"', "5%"]]);
  const { rows } = pasted(table, [1, 0], cells ?? []);
  expect(rows.map(({ id, when, then }) => [id, ...when, ...then])).toEqual([
    ["r1", '"机械"', "0.05"],
    ["r2", '"机械"', "4%"],
    ["r3", '"医药"', "5%"],
  ]);
  expect(cellsPasted("0.05")).toBeUndefined();
});

test("choices are read and typed as words, and kept as codes", () => {
  const choices = [{ code: "new", zh: "新客户" }, { code: "old", zh: "老客户" }, { code: "能源" }];
  const kind = { kind: "enum" as const, choices };
  expect(asWords('not("new", old)', kind, "zh")).toBe("not(新客户, 老客户)");
  expect(asWords('"能源", renewal', kind, "zh")).toBe('"能源", renewal');
  expect(asCodes("新客户, 老客户", kind, "zh")).toBe("new, old");
  expect(asCodes("老客", kind, "zh")).toBe("老客");
});

test("rows move within the table and never out of it", () => {
  expect(moved(table, 0, 1).rows.map(({ id }) => id)).toEqual(["r2", "r1"]);
  expect(moved(table, 0, -1)).toBe(table);
  expect(moved(table, 1, 1)).toBe(table);
});

test("a new column asks nothing of the rows there are; a gap brings its cells", () => {
  const wider = withInput(table, { key: "n", label: { zh: "新" }, holds: { kind: "bool" } });
  expect(wider.rows[0]?.when).toEqual(['"机械"', "-"]);
  expect(withRow(table, 1, ['"渔业"']).rows[1]).toEqual({ id: "r3", when: ['"渔业"'], then: [""] });
});

test.each([
  ["money", "80,000.5", "80000.5"],
  ["rate", "3.5%", "0.035"],
  ["rate", "-12%", "-0.12"],
  ["rate", "0.035", "0.035"],
  ["days", "30", 30],
  ["bool", "true", true],
  ["text", " 华东 ", "华东"],
  ["text", "", null],
] as const)("a fact of kind %s typed %j is %j", (kind, typed, fact) => {
  expect(factOf({ kind }, typed)).toBe(fact);
});

test("what changed between two versions is told row by row", () => {
  const loosely = { ...table, rows: table.rows.map((row) => ({ ...row })) };
  if (loosely.rows[0]) loosely.rows[0].when = ["机械"];
  expect(changes(table, loosely)).toEqual([]);
  const next = withRow({ ...table, hit: "first" }, 2, ['"渔业"']);
  const [first] = next.rows;
  if (first) next.rows[0] = { ...first, then: ["0.06"] };
  expect(changes(table, next).map(({ what }) => what)).toEqual(["hit", "changed", "added"]);
  expect(changes(next, table).map(({ what }) => what)).toEqual(["hit", "changed", "removed"]);
  expect(changes(table, moved(table, 0, 1)).map(({ what }) => what)).toEqual(["order"]);
});
