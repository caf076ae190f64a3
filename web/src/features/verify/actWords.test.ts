import { expect, test } from "vitest";
import { readFileSync } from "node:fs";
import { actWords } from "./actWords";

const registry = new URL("../../../../crates/baton/src/registry.rs", import.meta.url);

test("acts are called as the server calls them", () => {
  // The house's checks hold the place of an act and the name its records bear together.
  const line = /line::<\s*(\w+)::(\w+)::\w+,?\s*>\(\s*"(.+?)",\s*"(.+?)"/g;
  const told = readFileSync(registry, "utf8").matchAll(line);
  const names = [...told].map(([, noun, verb, zh, en]) => `${noun}.${verb}: ${zh} / ${en}`);
  expect(names.length).toBeGreaterThan(100);
  // Asked for by the spine itself, which stands on no list of acts.
  const own = "approval.request";
  const here = Object.entries(actWords).filter(([name]) => name !== own);
  expect(here.map(([name, [zh, en]]) => `${name}: ${zh} / ${en}`).sort()).toEqual(names.sort());
});
