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
