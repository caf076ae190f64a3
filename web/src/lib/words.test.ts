import { describe, expect, test } from "vitest";
import { inLanguage, sayIn, words, type Pair, type Words } from "./words";

const tables = import.meta.glob<Record<string, Words>>("../**/*words.ts", { eager: true });
const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

const pairs = Object.entries(tables).flatMap(([file, module]) =>
  Object.values(module)
    .filter((table) => typeof table === "object")
    .flatMap((table) => Object.entries(table).map(([key, pair]) => ({ file, key, pair }))),
);

describe("every word of every feature", () => {
  test("there are tables to check", () => expect(pairs.length).toBeGreaterThan(60));

  test.each(pairs)("$file $key", ({ pair: [zh, en] }) => {
    expect(zh.trim()).not.toBe("");
    expect(en.trim()).not.toBe("");
    expect(holes(zh)).toEqual(holes(en));
    expect(en, "English without Chinese characters").not.toMatch(/[\u4e00-\u9fff]/);
    expect(zh, "Chinese has Chinese punctuation").not.toMatch(/[\u4e00-\u9fff][,;?!]/);
  });
});

const table = words({
  plain: ["客户", "Customers"],
  days: ["{days} 天", "{days} days"],
});

test("says a word in the language chosen, with its holes filled", () => {
  expect(sayIn(table, "zh")("plain")).toBe("客户");
  expect(sayIn(table, "en")("days", { days: 3 })).toBe("3 days");
  expect(inLanguage(["甲", "A"], "en")).toBe("A");
});

test("one of many is said in the singular, in English only where it is counted", () => {
  const said = words({
    rows: ["{rows} 行，{entries} 条", "{rows} rows, {entries} entries"],
    gone: ["{gone} 项已了结，{n} 处不同", "{gone} are closed, {n} places differ"],
    pending: ["{count} 件会转给：", "{count} pending things would go to:"],
    record: ["第 {index} 条说什么", "What record {index} says"],
  });
  const en = sayIn(said, "en");
  expect(en("rows", { rows: 1, entries: 1 })).toBe("1 row, 1 entry");
  expect(en("rows", { rows: 2, entries: 0 })).toBe("2 rows, 0 entries");
  expect(en("rows", { rows: "1", entries: 21 })).toBe("1 rows, 21 entries");
  expect(en("gone", { gone: 1, n: 1 })).toBe("1 is closed, 1 place differs");
  expect(en("gone", { gone: 2, n: 2 })).toBe("2 are closed, 2 places differ");
  expect(en("pending", { count: 1 })).toBe("1 pending thing would go to:");
  expect(en("record", { index: 1 })).toBe("What record 1 says");
  expect(sayIn(said, "zh")("rows", { rows: 1, entries: 1 })).toBe("1 行，1 条");
});

test("mistakes are type errors", () => {
  const say = sayIn(table, "zh");
  // @ts-expect-error a missing filling
  expect(say("days")).toBe("{days} 天");
  // @ts-expect-error a filling under a wrong name
  expect(say("days", { day: 3 })).toBe("{days} 天");
  // @ts-expect-error a key that does not exist
  expect(() => say("nothing")).toThrow();
  // @ts-expect-error a language left out
  const half: Pair = ["只有中文"];
  expect(half).toHaveLength(1);
});
