import { expect, test } from "vitest";
import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { conditionOf } from "./condition";
import { examine } from "./examine";
import { bytesOf, textOf } from "./forms";

const zip = new Uint8Array(readFileSync(new URL("fixtures/bundle.zip", import.meta.url)));

/** The same files as the usual programs pack them. */
function deflated(data: Uint8Array): Uint8Array {
  const from = Buffer.from(data);
  const end = from.length - 22;
  const [locals, centrals]: [Buffer[], Buffer[]] = [[], []];
  let [at, offset] = [from.readUInt32LE(end + 16), 0];
  while (at < end) {
    const [size, name] = [from.readUInt32LE(at + 24), from.readUInt16LE(at + 28)];
    const old = from.readUInt32LE(at + 42);
    const head = Buffer.from(from.subarray(old, old + 30 + name));
    const body = deflateRawSync(from.subarray(old + 30 + name, old + 30 + name + size));
    const line = Buffer.from(from.subarray(at, at + 46 + name));
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(body.length, 18);
    line.writeUInt16LE(8, 10);
    line.writeUInt32LE(body.length, 20);
    line.writeUInt32LE(offset, 42);
    locals.push(head, body);
    centrals.push(line);
    offset += head.length + body.length;
    at += 46 + name;
  }
  const tail = Buffer.from(from.subarray(end));
  tail.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...locals, ...centrals, tail]));
}

test("a bundle as it was handed out is whole, also where its content was changed", () => {
  expect(conditionOf(zip)).toBe("whole");
  const changed = Uint8Array.from(zip);
  changed[2_000] = (changed[2_000] ?? 0) ^ 1;
  expect(conditionOf(changed)).toBe("whole");
  expect(conditionOf(bytesOf("%PDF-1.7"))).toBe("whole");
});

test("a bundle packed anew is told as such, and not opened", () => {
  const again = deflated(zip);
  expect(conditionOf(again)).toBe("repacked");
  expect(examine(again, undefined, 0).findings[0]?.code).toBe("archive.method");
});

test.each([0.1, 0.5, 0.9, 0.999])("the first %f of a bundle is cut", (part) => {
  const cut = zip.subarray(0, Math.floor(zip.length * part));
  expect(conditionOf(cut)).toBe("cut");
  expect(textOf(cut.subarray(0, 2))).toBe("PK");
});

test("a few bytes behind the end, or missing before it, do not go unseen", () => {
  expect(conditionOf(zip.subarray(0, zip.length - 1))).toBe("cut");
  const lacks = new Uint8Array([...zip.subarray(0, 500), ...zip.subarray(600)]);
  expect(conditionOf(lacks)).toBe("cut");
});
