/** What the index of a bundle names, and what must therefore lie in it 索引. */
import { isSafePath } from "./archive";
import {
  Bad,
  isCount,
  isHash,
  isHex,
  isText,
  listOf,
  objectOf,
  oneOf,
  readJson,
  type Files,
  type Kind,
} from "./forms";

export type Shown = "shown" | "withheld" | "erased";
export type ItemLine = { n: number; payload: Shown };
export type RecordLine = { index: number; items: ItemLine[]; leaf: string; payload: Shown };
export type Index = {
  checkpoints: number[];
  complete: string[];
  documents: { file: string; record: number; sha256: string }[];
  origin: string;
  records: RecordLine[];
  /** The second log, with SM3 and SM2, where the house keeps one. */
  sm?: { checkpoint: number; origin: string };
  subjects: string[];
};

const isShown = oneOf("shown", "withheld", "erased");
const shape: Record<string, Kind> = {
  v: (value) => value === 1,
  checkpoints: listOf(isCount),
  complete: listOf(isText),
  subjects: listOf(isText),
  origin: isText,
  documents: listOf(objectOf({ file: isText, record: isCount, sha256: isHex })),
  records: listOf(
    objectOf({
      index: isCount,
      leaf: isHash,
      payload: isShown,
      items: listOf(objectOf({ n: isCount, payload: isShown })),
    }),
  ),
};
const isIndex = objectOf(shape);
const isSecond = objectOf({ checkpoint: isCount, origin: isText });
const isIndexOfTwo = objectOf({ ...shape, sm: isSecond });

const rises = <T extends number | string>(list: readonly T[]) =>
  list.every((one, at) => at === 0 || (list[at - 1] ?? one) < one);

export function readIndex(files: Files): Index {
  const value = readJson(files.get("data/index.json"));
  if (!isIndex(value) && !isIndexOfTwo(value)) throw new Bad("index");
  const index = value as unknown as Index;
  const names = index.documents.map(({ file }) => file);
  const isForm =
    [index.complete, index.subjects, names].every(rises) &&
    rises(index.checkpoints) &&
    rises(index.records.map((line) => line.index)) &&
    index.records.every(({ items }) => rises(items.map(({ n }) => n))) &&
    index.complete.every((one) => index.subjects.includes(one)) &&
    index.records.length > 0 &&
    (index.checkpoints[0] ?? 0) > 0 &&
    names.every((file) => isSafePath(file) && !file.includes("/"));
  if (!isForm) throw new Bad("index");
  return index;
}

export const six = (n: number) => String(n).padStart(6, "0");

/** Pairs of neighbours. */
export const steps = (sizes: readonly number[]) =>
  sizes.slice(1).map((next, at) => [sizes[at] ?? 0, next] as const);

/** What must be there, and what may. */
export function pathsOf(index: Index): { must: Set<string>; may: Set<string> } {
  const must = new Set([
    "data/VERIFY.md",
    "data/index.json",
    "data/verifier/baton-verify.py",
    "data/trust/policy.txt",
    "data/keys/log.vkey",
    "data/keys/log.pub.pem",
  ]);
  const content = (shown: Shown, name: string) => {
    if (shown !== "shown") return;
    must.add(`data/records/${name}.payload.json`).add(`data/records/${name}.salt`);
  };
  for (const line of index.records) {
    const name = six(line.index);
    must.add(`data/records/${name}.json`).add(`data/proofs/${name}.tlog-proof`);
    content(line.payload, name);
    for (const item of line.items) {
      const part = `${name}.item-${six(item.n)}`;
      must.add(`data/records/${part}.json`).add(`data/proofs/${part}.txt`);
      content(item.payload, part);
    }
  }
  if (index.sm) {
    must.add("data/sm3/key.txt").add("data/sm3/key.pub.pem");
    must.add(`data/sm3/checkpoints/${String(index.sm.checkpoint)}.txt`);
    for (const line of index.records) must.add(`data/sm3/proofs/${six(line.index)}.tlog-proof`);
  }
  const sizes = index.checkpoints;
  for (const size of sizes) must.add(`data/checkpoints/${String(size)}.txt`);
  for (const [old, next] of steps(sizes)) {
    must.add(`data/consistency/${String(old)}-${String(next)}.txt`);
  }
  for (const { file } of index.documents) must.add(`data/documents/${file}`);
  const stamps = sizes.map((size) => `data/timestamps/${String(size)}.tsr`);
  return { must, may: new Set([...stamps, "data/report.pdf"]) };
}

const KEYS = /^data\/keys\/[^/]*(\.vkey|\.pub\.pem|\.crt\.pem|ca\.pem|chain\.pem|\.crl)$/;

export const isKeyFile = (path: string) => KEYS.test(path);
