/** The outer shape of a bundle: BagIt (RFC 8493), narrowed to one spelling 目录清单. */
import { sha256 } from "@noble/hashes/sha2.js";
import { isSafePath } from "./archive";
import { hex, textOf, type Files } from "./forms";

export const SIGNATURE = "manifest-sha256.txt.p7s";
export const TIMESTAMP = "manifest-sha256.txt.tsr";
const MANIFEST = "manifest-sha256.txt";
const TAGS = "tagmanifest-sha256.txt";
const BAGIT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
const KNOWN = new Set(["bagit.txt", "bag-info.txt", MANIFEST, TAGS, SIGNATURE, TIMESTAMP]);

type Find = (code: string, at: string) => void;

export const isPayload = (path: string) => path.startsWith("data/");

function manifest(files: Files, path: string): Map<string, string> | undefined {
  const text = textOf(files.get(path));
  if (!text?.endsWith("\n")) return undefined;
  const listed = new Map<string, string>();
  let last = "";
  for (const line of text.slice(0, -1).split("\n")) {
    const [digest, name] = [line.slice(0, 64), line.slice(66)];
    const isForm = /^[0-9a-f]{64}$/.test(digest) && line.slice(64, 66) === "  ";
    if (!isForm || name <= last || !isSafePath(name)) return undefined;
    listed.set(name, digest);
    last = name;
  }
  return listed;
}

function checkInfo(files: Files, listed: Map<string, string> | undefined, find: Find) {
  const text = textOf(files.get("bag-info.txt")) ?? "";
  const form =
    /^Source-Organization: [^\n]*\nExternal-Identifier: [^\n]*\nBagging-Date: [^\n]*\n/.source +
    /Payload-Oxum: ([^\n]*)\nBaton-Bundle-Version: 1\n$/.source;
  const match = new RegExp(form).exec(text);
  if (!match || /[^\P{Cc}\n]/u.test(text)) {
    find("bag.form", "bag-info.txt");
    return;
  }
  const payload = [...files].filter(([path]) => isPayload(path));
  const bytes = payload.reduce((sum, [, content]) => sum + content.length, 0);
  const isWhole = [...(listed?.keys() ?? [])].every((path) => files.has(path));
  if (isWhole && match[1] !== `${String(bytes)}.${String(payload.length)}`) {
    find("bag.count", "bag-info.txt");
  }
}

/** Form, digests, nothing missing, nothing besides. */
export function checkBag(files: Files, find: Find): void {
  if (textOf(files.get("bagit.txt")) !== BAGIT) find("bag.form", "bagit.txt");
  checkInfo(files, manifest(files, MANIFEST), find);
  for (const path of files.keys()) {
    if (!isPayload(path) && !KNOWN.has(path)) find("file.unexpected", path);
  }
  for (const [list, ofPayload] of [
    [MANIFEST, true],
    [TAGS, false],
  ] as const) {
    const listed = manifest(files, list);
    if (!listed) {
      find("bag.form", list);
      continue;
    }
    if ([...listed.keys()].some((path) => isPayload(path) !== ofPayload)) find("bag.form", list);
    for (const [path, digest] of listed) {
      const content = files.get(path);
      if (!content) find("file.missing", path);
      else if (hex(sha256(content)) !== digest) find("bag.digest", path);
    }
    for (const path of files.keys()) {
      if (isPayload(path) === ofPayload && path !== TAGS && !listed.has(path)) {
        find("bag.unlisted", path);
      }
    }
  }
}
