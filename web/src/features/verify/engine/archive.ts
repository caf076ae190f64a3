/** Opens a bundle as it was handed out: a ZIP file in which nothing is compressed 打开存证包. */
import { textOf, type Files } from "./forms";

/** The archive is not opened. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly at: string,
  ) {
    super(code);
  }
}

const MOST_FILES = 60_000;
const LONGEST_PATH = 200;
const DEVICES = ["con", "prn", "aux", "nul", "com", "lpt"];

function isSafePart(part: string): boolean {
  const stem = (part.split(".")[0] ?? "").replace(/[0-9]+$/, "").toLowerCase();
  return /^[A-Za-z0-9_-]([A-Za-z0-9._-]*[A-Za-z0-9_-])?$/.test(part) && !DEVICES.includes(stem);
}

export const isSafePath = (path: string) =>
  path.length <= LONGEST_PATH && path.split("/").every(isSafePart);

/** CRC-32, as ZIP has it. */
const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(data: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of data) value = (value >>> 8) ^ (TABLE[(value ^ byte) & 0xff] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
}

type Line = { name: string; crc: number; size: number; offset: number };

const END = 22;
const CENTRAL = 46;
const LOCAL = 30;

/** The directory at the end; every form in which two programs might read two things is refused. */
function directory(data: Uint8Array, view: DataView): { lines: Line[]; start: number } {
  const wrong = () => new Refused("archive.form", "directory");
  const end = data.length - END;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) throw new Refused("archive.form", "end");
  const [disks, here, count] = [
    view.getUint32(end + 4, true),
    view.getUint16(end + 8, true),
    view.getUint16(end + 10, true),
  ];
  const [length, start] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  if (disks !== 0 || here !== count || start + length !== end || view.getUint16(end + 20, true)) {
    throw new Refused("archive.form", "end");
  }
  if (count > MOST_FILES) throw new Refused("archive.limit", "files");
  const lines: Line[] = [];
  let at = start;
  for (let n = 0; n < count; n += 1) {
    if (at + CENTRAL > end || view.getUint32(at, true) !== 0x02014b50) throw wrong();
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const [crc, packed, size] = [16, 20, 24].map((from) => view.getUint32(at + from, true));
    const [nameLength = 0, extra = 0, comment = 0, disk = 0] = [28, 30, 32, 34].map((from) =>
      view.getUint16(at + from, true),
    );
    const name = textOf(data.subarray(at + CENTRAL, at + CENTRAL + nameLength)) ?? "";
    if (!isSafePath(name)) throw new Refused("archive.name", name.slice(0, 80));
    if (![0, 0x8000].includes(view.getUint16(at + 40, true) & 0xf000)) {
      throw new Refused("archive.link", name);
    }
    if ((flags & ~0x0800) !== 0) throw new Refused("archive.encrypted", name);
    if (method !== 0 || packed !== size) throw new Refused("archive.method", name);
    if (extra !== 0 || comment !== 0 || disk !== 0) throw wrong();
    lines.push({ name, crc: crc ?? 0, size: size ?? 0, offset: view.getUint32(at + 42, true) });
    at += CENTRAL + nameLength;
  }
  if (at !== end) throw wrong();
  return { lines, start };
}

/** Everything below one folder, no two names that differ in case alone. */
function belowOneFolder(names: readonly string[]): string {
  const top = names[0]?.split("/")[0];
  if (top === undefined) throw new Refused("archive.form", "");
  const [files, folders] = [new Set<string>(), new Set<string>()];
  for (const name of names) {
    if (!name.startsWith(`${top}/`)) throw new Refused("archive.name", name);
    const folded = name.toLowerCase();
    if (files.has(folded)) throw new Refused("archive.duplicate", name);
    files.add(folded);
    const parts = folded.split("/");
    for (let n = 1; n < parts.length; n += 1) folders.add(parts.slice(0, n).join("/"));
  }
  const twice = [...files].find((name) => folders.has(name));
  if (twice !== undefined) throw new Refused("archive.duplicate", twice);
  return top;
}

export function readArchive(data: Uint8Array): Files {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const { lines, start } = directory(data, view);
  const top = belowOneFolder(lines.map(({ name }) => name));
  const files = new Map<string, Uint8Array>();
  let at = 0;
  for (const { name, crc, size, offset } of [...lines].sort((a, b) => a.offset - b.offset)) {
    const wrong = () => new Refused("archive.form", name);
    if (offset !== at || at + LOCAL > start || view.getUint32(at, true) !== 0x04034b50) {
      throw wrong();
    }
    const [flags, method] = [view.getUint16(at + 6, true), view.getUint16(at + 8, true)];
    const says = [14, 18, 22].map((from) => view.getUint32(at + from, true));
    const [length, extra] = [view.getUint16(at + 26, true), view.getUint16(at + 28, true)];
    const body = at + LOCAL + length;
    const own = textOf(data.subarray(at + LOCAL, body));
    if ((flags & ~0x0800) !== 0 || method !== 0 || extra !== 0 || own !== name) throw wrong();
    if (says[0] !== crc || says[1] !== size || says[2] !== size || body + size > start) {
      throw wrong();
    }
    const content = data.subarray(body, body + size);
    if (crc32(content) !== crc) throw new Refused("archive.checksum", name);
    files.set(name.slice(top.length + 1), content);
    at = body + size;
  }
  if (at !== start) throw new Refused("archive.form", "gap");
  return files;
}

/** Whether it begins as a ZIP file does. */
export const isArchive = (data: Uint8Array) => data[0] === 0x50 && data[1] === 0x4b;
