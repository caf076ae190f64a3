// Says which tests failed 失败的测试: `node scripts/failed.mjs REPORT…` reads reports in the form of
// JUnit, which the runners of Rust and of the browser both write, and prints one line for each.
import { existsSync, readFileSync } from "node:fs";

const LONGEST = 200;
const named = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

/** What an attribute says; a report holds no names but these and numbers. */
function said(attributes, name) {
  const [, value = ""] = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes) ?? [];
  return value.replace(/&(?:#(x?)([0-9a-f]+)|(\w+));/gi, (whole, hex, number, word) =>
    word ? (named[word] ?? whole) : String.fromCodePoint(parseInt(number, hex ? 16 : 10)),
  );
}

/** Each failed test of a report, with the first line of what was wrong. */
function failed(report) {
  const cases = report.matchAll(/<testcase\b([^>]*[^/>])>([\s\S]*?)<\/testcase>/g);
  return [...cases].flatMap(([, attributes, body]) => {
    const wrong = /<(?:failure|error)\b([^>]*)>/.exec(body);
    if (!wrong) return [];
    const name = [said(attributes, "classname"), said(attributes, "name")].join(" ");
    const told = said(wrong[1], "message").replace(/^thread '.*' \(\d+\) panicked at /, "");
    const [why = ""] = told.split("\n");
    return [`${name}${why && `: ${why.slice(0, LONGEST)}`}`];
  });
}

for (const path of process.argv.slice(2).filter((path) => existsSync(path))) {
  for (const line of failed(readFileSync(path, "utf8"))) console.log(line);
}
