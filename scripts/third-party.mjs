// Whose work the program contains. `list` writes docs/third-party.md; `texts` writes the licence
// texts that travel with the program and are served at /third-party.txt.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

const fonts = "crates/document/fonts";
const root = new URL("..", import.meta.url).pathname;

/** The crates that end up in the program on Linux: everything `baton` needs but to test itself. */
function crates() {
  const args = ["metadata", "--format-version=1", "--locked"];
  const platform = "--filter-platform=x86_64-unknown-linux-gnu";
  const options = { cwd: root, maxBuffer: 1 << 28, encoding: "utf8" };
  const { packages, resolve } = JSON.parse(execFileSync("cargo", [...args, platform], options));
  const byId = new Map(packages.map((one) => [one.id, one]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const needed = new Set();
  const visit = (id) => {
    if (needed.has(id)) return;
    needed.add(id);
    for (const { pkg, dep_kinds } of nodes.get(id).deps) {
      if (dep_kinds.some(({ kind }) => kind !== "dev")) visit(pkg);
    }
  };
  visit(packages.find((one) => one.name === "baton" && !one.source).id);
  const foreign = [...needed].map((id) => byId.get(id)).filter((one) => one.source);
  return foreign.map(({ name, version, license, manifest_path }) => ({
    name, version, licence: license ?? "see its text", folder: dirname(manifest_path),
  }));
}

/** The packages of a folder with a lock file that are shipped: the browser client's, the fonts. */
function npmPackages(where) {
  const lock = JSON.parse(readFileSync(join(root, where, "package-lock.json"), "utf8"));
  const shipped = Object.entries(lock.packages).filter(([path, one]) => path && !one.dev);
  return shipped.map(([path, { version, license }]) => ({
    name: path.split("node_modules/").at(-1), version, licence: license ?? "see its text",
    folder: join(root, where, path),
  }));
}

function byName(packages) {
  const key = ({ name, version }) => `${name}@${version}`;
  const once = new Map(packages.map((one) => [key(one), one]));
  return [...once.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function table(packages) {
  const row = ({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`;
  const rows = packages.map(row);
  return ["| package | version | licence |", "| --- | --- | --- |", ...rows].join("\n");
}

function list() {
  return `# Other people's work in Baton

Written by \`./dev gen\`; do not edit. The texts of these licences travel with the program, at
\`/third-party.txt\`. Which licences may come in stands in \`deny.toml\`.

## In the program (Rust)

${table(byName(crates()))}

## In the browser client (npm)

${table(byName(npmPackages("web")))}

## In the documents (fonts, npm)

${table(byName(npmPackages(fonts)))}
`;
}

/** What a package says about its licence, file by file. */
function licenceTexts({ folder }) {
  if (!existsSync(folder)) throw new Error(`${folder} is not there; is everything installed?`);
  const legal = /^(licen[cs]e|copying|notice|copyright|unlicense)/i;
  const named = readdirSync(folder).filter((name) => legal.test(name));
  const files = named.map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
  return files.map((path) => readFileSync(path, "utf8").replaceAll("\r\n", "\n").trim());
}

function texts() {
  const holders = new Map();
  const silent = [];
  for (const one of byName([...crates(), ...npmPackages("web"), ...npmPackages(fonts)])) {
    const said = licenceTexts(one);
    const label = `${one.name} ${one.version} (${one.licence})`;
    if (said.length === 0) silent.push(label);
    for (const text of said) holders.set(text, [...(holders.get(text) ?? []), label]);
  }
  const rule = "=".repeat(80);
  const parts = [...holders].map(([text, labels]) => `${rule}\n${labels.join("\n")}\n\n${text}\n`);
  const rest = `${rule}\nThese bring no text of their own and stand under the licence they name:\n`;
  return [...parts, rest + silent.join("\n") + "\n"].join("\n");
}

const writers = { list, texts };
const writer = writers[process.argv[2]];
if (!writer) throw new Error("say `list` or `texts`");
process.stdout.write(writer());
