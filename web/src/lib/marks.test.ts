import { afterEach, expect, test, vi } from "vitest";
import { bracketed, clauses, listed, named } from "./marks";

const language = vi.hoisted(() => ({ now: "zh" }));
vi.mock("./language", () => ({ language: () => language.now }));

afterEach(() => {
  language.now = "zh";
});

const said = () => [listed(["a", 2]), clauses(["a", "b"]), named("a", "b"), bracketed("a", "b")];

test("marks are those of the language", () => {
  expect(said()).toEqual(["a、2", "a；b", "a：b", "a（b）"]);
  language.now = "en";
  expect(said()).toEqual(["a, 2", "a; b", "a: b", "a (b)"]);
});
