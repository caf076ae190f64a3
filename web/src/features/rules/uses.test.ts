// @vitest-environment happy-dom
import { afterEach, expect, it } from "vitest";
import { chooseLanguage } from "@/lib/language";
import { sayIn } from "@/lib/words";
import { usesOf } from "./uses";
import { ruleWords } from "./words";

afterEach(() => chooseLanguage("zh"));

it("says what asks a table in the language of the screen", () => {
  const uses = [
    { kind: "plan", name: "按表提成" },
    { kind: "handover", name: "JJ2026-0001" },
    { kind: "crediting", name: "" },
  ];
  expect(usesOf(uses, sayIn(ruleWords, "zh"))).toBe(
    "用于：提成方案「按表提成」、交接方案 JJ2026-0001、业绩认定",
  );
  chooseLanguage("en");
  const say = sayIn(ruleWords, "en");
  expect(usesOf(uses, say)).toBe(
    "Used by: commission plan “按表提成”, handover plan JJ2026-0001, the crediting of deals",
  );
  expect(usesOf([], say)).toBe("Nothing uses it yet");
});
