import { expect, test } from "vitest";
import { readFileSync } from "node:fs";
import { actWords } from "./actWords";

const registry = new URL("../../../../crates/baton/src/registry.rs", import.meta.url);

test("acts are called as the server calls them", () => {
  const told = readFileSync(registry, "utf8").matchAll(/line::<[\w:]+>\(\s*"(.+?)",\s*"(.+?)"/g);
  const names = [...told].map(([, zh = "", en = ""]) => `${zh} / ${en}`);
  expect(names.length).toBeGreaterThan(100);
  // Asked for by the spine itself, which stands on no list of acts.
  const own = "提交审批 / Ask for approval";
  const here = Object.values(actWords).map(([zh, en]) => `${zh} / ${en}`);
  expect(here.filter((name) => name !== own).sort()).toEqual(names.sort());
});
