/** Bytes, Base64, canonical JSON and what an entry must look like 格式. */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";

/** Something is not of its form. */
export class Bad extends Error {}

export type Files = ReadonlyMap<string, Uint8Array>;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

export const bytesOf = (text: string): Uint8Array => encoder.encode(text);

export function textOf(data: Uint8Array | undefined): string | undefined {
  if (!data) return undefined;
  try {
    return decoder.decode(data);
  } catch {
    return undefined;
  }
}

export const hex = (data: Uint8Array) =>
  Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");

export const same = (one: Uint8Array, other: Uint8Array) =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Standard Base64 with padding; nothing that could be written in another way. */
export function unbase64(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) throw new Bad("base64");
  const data = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  if (base64(data) !== text) throw new Bad("base64");
  return data;
}

export const base64 = (data: Uint8Array) =>
  btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(""));

export function hashOf(text: string): Uint8Array {
  const data = unbase64(text);
  if (data.length !== 32) throw new Bad("hash");
  return data;
}

/** A size or a moment in seconds; larger ones than a browser counts exactly are refused. */
export function decimal(text: string): number {
  if (!/^(0|[1-9][0-9]{0,19})$/.test(text)) throw new Bad("number");
  const value = Number.parseInt(text, 10);
  if (!Number.isSafeInteger(value)) throw new Bad("number");
  return value;
}

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Members = { [name: string]: Json };

/** RFC 8785 for what a log writes: whole numbers alone. */
export function canonical(value: Json): string {
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new Bad("number");
    return String(value);
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const names = Object.keys(value).sort();
  const each = names.map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`);
  return `{${each.join(",")}}`;
}

/** The value behind canonical bytes. */
export function readJson(data: Uint8Array | undefined): Json {
  const text = textOf(data);
  try {
    const value = JSON.parse(text ?? "") as Json;
    if (canonical(value) !== text) throw new Bad("json");
    return value;
  } catch {
    throw new Bad("json");
  }
}

export type Kind = (value: Json | undefined) => boolean;

export const isText: Kind = (value) => typeof value === "string";
export const isCount: Kind = (value) =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
export const isHex: Kind = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
export const isHash: Kind = (value) => {
  try {
    return typeof value === "string" && hashOf(value).length === 32;
  } catch {
    return false;
  }
};
export const orNull =
  (kind: Kind): Kind =>
  (value) =>
    value === null || kind(value);
export const listOf =
  (kind: Kind): Kind =>
  (value) =>
    Array.isArray(value) && value.every(kind);
export const oneOf =
  (...words: string[]): Kind =>
  (value) =>
    typeof value === "string" && words.includes(value);
export const objectOf =
  (kinds: Record<string, Kind>): Kind =>
  (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const names = Object.keys(value);
    return (
      names.length === Object.keys(kinds).length &&
      names.every((name) => kinds[name]?.(value[name]) ?? false)
    );
  };

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Seconds since 1970. */
export function moment(text: string): number {
  const date = new Date(text);
  if (!MOMENT.test(text) || Number.isNaN(date.getTime()) || date.toISOString() !== text) {
    throw new Bad("moment");
  }
  return Math.floor(date.getTime() / 1000);
}

const isMoment: Kind = (value) => {
  try {
    return typeof value === "string" && Number.isFinite(moment(value));
  } catch {
    return false;
  }
};

export type Entry = {
  seq: number;
  type: string;
  at: string;
  subject: string[];
  commit: string;
  prev: string | null;
  docs: { name: string; sha256: string }[];
};

const isEntry = objectOf({
  v: (value) => value === 1,
  seq: isCount,
  tenant: isText,
  type: isText,
  at: isMoment,
  why: isText,
  subject: listOf(isText),
  commit: isHash,
  prev: orNull(isHash),
  actor: objectOf({ id: isText, auth: isText, session: orNull(isText) }),
  approvals: listOf(
    objectOf({ by: isText, at: isMoment, decision: isText, record: orNull(isCount) }),
  ),
  docs: listOf(objectOf({ name: isText, sha256: isHex, sm3: orNull(isHex) })),
});

export function readEntry(data: Uint8Array): Entry {
  const value = readJson(data);
  if (data.length >= 65_536 || !isEntry(value)) throw new Bad("entry");
  return value as unknown as Entry;
}

export type Item = { commit: string; n: number; prev: string | null; subject: string };

const isItem = objectOf({ commit: isHash, n: isCount, prev: orNull(isHash), subject: isText });

export function readItem(data: Uint8Array): Item {
  const value = readJson(data);
  if (!isItem(value)) throw new Bad("item");
  return value as unknown as Item;
}

/** Whether the payload is what was committed to. */
export const opens = (commit: string, payload: Uint8Array, salt: Uint8Array) =>
  same(hmac(sha256, salt, payload), hashOf(commit));

/** Whether the word, plain ASCII, stands anywhere in the bytes. */
export function holds(content: Uint8Array, word: string): boolean {
  const first = word.charCodeAt(0);
  for (let at = content.indexOf(first); at >= 0; at = content.indexOf(first, at + 1)) {
    if (Array.from(word).every((c, n) => content[at + n] === c.charCodeAt(0))) return true;
  }
  return false;
}
