import { expect, test } from "vitest";
import { readFileSync } from "node:fs";
import { bytesOf } from "./forms";
import { isForeign, kindOf } from "./kind";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));

test.each([
  ["bundle.zip", "bundle"],
  ["signed.zip", "bundle"],
  ["policy.txt", "text"],
])("%s is a %s", (name, kind) => expect(kindOf(fixture(name))).toBe(kind));

test("a bundle that was tampered with is still one, so it is told as bad", () => {
  const changed = fixture("bundle.zip");
  changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1;
  expect(kindOf(changed)).toBe("bundle");
  expect(isForeign("bundle")).toBe(false);
});

test.each([
  ["", "empty"],
  ["%PDF-1.7\n/Contents", "unsigned_pdf"],
  ["%PDF-1.7\n/ByteRange [0 1 2 3]", "signed_pdf"],
  ["c2sp.org/tlog-proof@v1\n", "receipt"],
  ["PK\x03\x04 a/[Content_Types].xml", "office"],
  ["PK\x03\x04 a/b.txt", "archive"],
  ["客户编号,客户名称\n", "text"],
])("%j is a %s", (content, kind) => expect(kindOf(bytesOf(content))).toBe(kind));

test("bytes that are no text are some other file, unless they begin as a picture does", () => {
  expect(kindOf(Uint8Array.of(0xff, 0xfe, 0x00))).toBe("other");
  expect(kindOf(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toBe("image");
  expect(kindOf(Uint8Array.of(0x89, 0x50, 0x4e, 0x47))).toBe("image");
});
