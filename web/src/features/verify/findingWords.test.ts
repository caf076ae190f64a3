import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findingWords } from "./findingWords";

const here = new URL("./engine/", import.meta.url);
const rust = new URL("../../../../crates/bundle/src/finding.rs", import.meta.url);
const code = /"((?:[a-z]+\.[a-z]+)|SPLIT-VIEW|INCOMPLETE-CHAIN)"/g;
const notCodes = /\.(txt|json|pdf|zip|pem|vkey)$/;

const namesIn = (text: string) => [...text.matchAll(code)].map(([, name = ""]) => name);

test("every finding of the verifiers has words", () => {
  const all = namesIn(readFileSync(rust, "utf8"));
  expect(all.length).toBeGreaterThan(60);
  expect(all.filter((name) => !(name in findingWords))).toEqual([]);
});

test("so has every finding of this page", () => {
  const files = readdirSync(here).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const all = files.flatMap((name) => namesIn(readFileSync(new URL(name, here), "utf8")));
  const codes = all.filter((name) => !notCodes.test(name));
  expect(codes.length).toBeGreaterThan(40);
  expect(codes.filter((name) => !(name in findingWords))).toEqual([]);
});
