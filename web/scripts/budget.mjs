// The first load may weigh 300 KB compressed with gzip: the page, and every script and style it
// names. Chunks that load later are listed for information. Fails the build when over budget.
import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 300;
const dist = new URL("../dist/", import.meta.url);
const kb = (bytes) => Math.round((bytes / 1024) * 10) / 10;
const weigh = (path) => gzipSync(readFileSync(new URL(path, dist)), { level: 9 }).length;

const page = readFileSync(new URL("index.html", dist), "utf8");
const named = [...page.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map((hit) => hit[1]);
const first = ["index.html", ...named];
const total = kb(first.reduce((sum, path) => sum + weigh(path), 0));

for (const path of first) console.log(`first  ${String(kb(weigh(path))).padStart(7)} KB  ${path}`);
for (const name of readdirSync(new URL("assets/", dist))) {
  const path = `assets/${name}`;
  if (!name.endsWith(".js") || first.includes(path)) continue;
  if (weigh(path) > 10_240) {
    console.log(`later  ${String(kb(weigh(path))).padStart(7)} KB  ${path}`);
  }
}
console.log(`first load ${total} KB of ${BUDGET_KB} KB`);
if (first.some((path) => path.includes("charts"))) {
  console.error("The charts are part of the first load; import them lazily.");
  process.exit(1);
}
if (total > BUDGET_KB) {
  console.error(`The first load is over its budget of ${BUDGET_KB} KB.`);
  process.exit(1);
}
