import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const text = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const css = text("base.css");
const block = (selector: string) => css.split(`\n${selector} {`)[1]?.split("}")[0] ?? "";

test("English takes ’ and “ from a Latin font before a Chinese one has them", () => {
  expect(text("theme.ts")).toContain('fontFamily: "var(--font)"');
  expect(block("body")).toContain("font-family: var(--font)");
  const [zh, en] = [block(":root"), block(":root:lang(en)")];
  expect(zh).not.toContain("Latin marks");
  expect(en.indexOf("Latin marks")).toBeGreaterThan(0);
  expect(en.indexOf("Latin marks")).toBeLessThan(en.indexOf("PingFang SC"));
  expect(block("@font-face")).toMatch(/U\+2018-2019, U\+201C-201D/);
});
