/** A decision table as the editor holds it, and what can be done to it 决策表. */
import type { Language } from "@/lib/words";

export type Label = { zh: string; en?: string };
export type Choice = { code: string; zh?: string; en?: string };
export type KindName =
  | "money"
  | "rate"
  | "int"
  | "days"
  | "number"
  | "date"
  | "bool"
  | "enum"
  | "text";
export type Kind = { kind: KindName; choices?: Choice[] };
export type Input = {
  key: string;
  label: Label;
  holds: Kind;
  allowed?: string;
  optional?: boolean;
};
export type Output = { key: string; label: Label; holds: Kind; values?: string[] };
export type Row = { id: string; label?: string; note?: string; when: string[]; then: string[] };
export type Example = { name: string; given: Record<string, unknown>; expect: unknown };
export type Table = {
  key: string;
  title: Label;
  hit: string;
  inputs: Input[];
  outputs: Output[];
  rows: Row[];
  default?: string[];
  examples?: Example[];
};

export const HITS = [
  "unique",
  "any",
  "first",
  "priority",
  "rule_order",
  "output_order",
  "collect",
  "sum",
  "min",
  "max",
  "count",
] as const;

export function said({ zh, en }: Label, language: Language): string {
  return language === "en" && en ? en : zh;
}

/** Choices whose code is not what people read, with their word. */
function worded(kind: Kind, language: Language): [code: string, word: string][] {
  const each = (kind.choices ?? []).map(({ code, zh, en }): [string, string] => [
    code,
    said({ zh: zh || code, en }, language),
  ]);
  return each.filter(([code, word]) => code !== word && /^\w+$/.test(code));
}

/** A cell with the words of its choices: `"new"` and `new` read 新客户. */
export function asWords(text: string, kind: Kind, language: Language): string {
  return worded(kind, language).reduce(
    (cell, [code, word]) => cell.replaceAll(new RegExp(`"${code}"|\\b${code}\\b`, "g"), word),
    text,
  );
}

/** The same cell as it is kept, with the codes of its choices. */
export function asCodes(text: string, kind: Kind, language: Language): string {
  return worded(kind, language).reduce(
    (cell, [code, word]) => cell.replaceAll(word, code),
    text,
  );
}

/** The next name of this letter that nothing has yet: `r1`, `r2`, … */
export function fresh(letter: string, taken: readonly string[]): string {
  let n = taken.length + 1;
  while (taken.includes(`${letter}${n}`)) n += 1;
  return `${letter}${n}`;
}

export function blankRow(table: Table): Row {
  return {
    id: fresh("r", table.rows.map(({ id }) => id)),
    when: table.inputs.map(() => "-"),
    then: table.outputs.map(() => ""),
  };
}

/** A row at this place; with the cells of a gap it closes the gap. */
export function withRow(table: Table, at: number, when?: readonly string[]): Table {
  const row = { ...blankRow(table), ...(when && { when: [...when] }) };
  return { ...table, rows: [...table.rows.slice(0, at), row, ...table.rows.slice(at)] };
}

export function withoutRow(table: Table, at: number): Table {
  return { ...table, rows: table.rows.filter((_, n) => n !== at) };
}

export function moved(table: Table, at: number, by: number): Table {
  const to = at + by;
  const rows = [...table.rows];
  const [row] = rows.splice(at, 1);
  if (!row || to < 0 || to > rows.length) return table;
  rows.splice(to, 0, row);
  return { ...table, rows };
}

/** Cells from left to right: conditions, then results. */
export function cellsOf(row: Row): string[] {
  return [...row.when, ...row.then];
}

function rowOf(row: Row, cells: readonly string[]): Row {
  const inputs = row.when.length;
  return { ...row, when: cells.slice(0, inputs), then: cells.slice(inputs) };
}

export function withCell(table: Table, at: number, column: number, text: string): Table {
  const rows = table.rows.map((row, n) => {
    if (n !== at) return row;
    return rowOf(row, cellsOf(row).map((cell, m) => (m === column ? text : cell)));
  });
  return { ...table, rows };
}

/** Text copied from a spreadsheet as cells; nothing when it is a single cell. */
export function cellsPasted(text: string): string[][] | undefined {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  const cells = lines.map((line) => line.split("\t").map((cell) => cell.trim()));
  return cells.length > 1 || (cells[0]?.length ?? 0) > 1 ? cells : undefined;
}

/** Puts pasted cells in from this cell on; rows are added below where there are not enough. */
export function pasted(
  table: Table,
  [at, column]: readonly [number, number],
  cells: readonly string[][],
): Table {
  let grown = table;
  while (grown.rows.length < at + cells.length) grown = withRow(grown, grown.rows.length);
  const rows = grown.rows.map((row, n) => {
    const line = cells[n - at];
    if (!line) return row;
    return rowOf(row, cellsOf(row).map((cell, m) => line[m - column] ?? cell));
  });
  return { ...grown, rows };
}

export function withInput(table: Table, input: Input): Table {
  return {
    ...table,
    inputs: [...table.inputs, input],
    rows: table.rows.map((row) => ({ ...row, when: [...row.when, "-"] })),
  };
}

export function withoutInput(table: Table, at: number): Table {
  return {
    ...table,
    inputs: table.inputs.filter((_, n) => n !== at),
    rows: table.rows.map((row) => ({ ...row, when: row.when.filter((_, n) => n !== at) })),
  };
}

export function withOutput(table: Table, output: Output): Table {
  return {
    ...table,
    outputs: [...table.outputs, output],
    rows: table.rows.map((row) => ({ ...row, then: [...row.then, ""] })),
    ...(table.default && { default: [...table.default, ""] }),
  };
}

export function withoutOutput(table: Table, at: number): Table {
  const left = <T,>(list: readonly T[]) => list.filter((_, n) => n !== at);
  return {
    ...table,
    outputs: left(table.outputs),
    rows: table.rows.map((row) => ({ ...row, then: left(row.then) })),
    ...(table.default && { default: left(table.default) }),
  };
}

/** What a person typed for a fact, as the server takes it; an empty field is no fact. */
export function factOf(kind: Kind, typed: string | undefined): unknown {
  const text = (typed ?? "").trim();
  if (text === "") return null;
  if (kind.kind === "bool") return text === "true";
  if (kind.kind === "int" || kind.kind === "days") {
    return /^-?\d+$/.test(text) ? Number(text) : text;
  }
  if (kind.kind === "rate" && /^-?[\d.]+%$/.test(text)) return shifted(text.slice(0, -1));
  return kind.kind === "money" ? text.replaceAll(",", "") : text;
}

/** A plain decimal divided by a hundred, digit by digit. */
function shifted(percent: string): string {
  const sign = percent.startsWith("-") ? "-" : "";
  const [whole = "0", places = ""] = percent.replace("-", "").split(".");
  const digits = whole.padStart(3, "0") + places;
  const point = digits.length - places.length - 2;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** A fact of an example as somebody would type it. */
export function typedOf(fact: unknown): string {
  return fact === null || fact === undefined ? "" : String(fact);
}

export type Change =
  | { what: "added" | "removed"; row: Row; at: number }
  | { what: "changed"; row: Row; before: Row; at: number }
  | { what: "columns" | "hit" | "default" | "order" };

/** The cells of a row without what may be written one way or another. */
const plain = (row: Row) => cellsOf(row).map((cell) => cell.replace(/["\s]/g, ""));
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** What became different from one version to the next, row by row. */
export function changes(before: Table, after: Table): Change[] {
  const found: Change[] = [];
  const columns = ({ inputs, outputs }: Table) => [inputs, outputs];
  if (!same(columns(before), columns(after))) found.push({ what: "columns" });
  if (before.hit !== after.hit) found.push({ what: "hit" });
  if (!same(before.default, after.default)) found.push({ what: "default" });
  after.rows.forEach((row, at) => {
    const old = before.rows.find(({ id }) => id === row.id);
    if (!old) found.push({ what: "added", row, at });
    else if (!same(plain(old), plain(row))) {
      found.push({ what: "changed", row, before: old, at });
    }
  });
  before.rows.forEach((row, at) => {
    if (!after.rows.some(({ id }) => id === row.id)) found.push({ what: "removed", row, at });
  });
  const kept = (rows: Row[], others: Row[]) =>
    rows.map(({ id }) => id).filter((id) => others.some((other) => other.id === id));
  if (!same(kept(before.rows, after.rows), kept(after.rows, before.rows))) {
    found.push({ what: "order" });
  }
  return found;
}

/** A table to begin with: the rate of commission by industry, new and old customers. */
export function beginning(): Table {
  return {
    key: "table",
    title: { zh: "" },
    hit: "unique",
    inputs: [],
    outputs: [
      { key: "rate", label: { zh: "比例", en: "Rate" }, holds: { kind: "rate" } },
    ],
    rows: [],
    examples: [],
  };
}
