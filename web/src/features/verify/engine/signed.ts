/**
 * Signed messages (RFC 5652), timestamps (RFC 3161), and the signatures inside PDFs 签名与时间戳.
 *
 * Whose word it is, is decided by certificates from outside the bundle. Lists of revoked
 * certificates are not looked at, nor what was added to a PDF behind a signature.
 */
import { sha1 } from "@noble/hashes/legacy.js";
import {
  Certificate,
  digestOf,
  HASHES,
  hashOfSignature,
  isSigned,
  leads,
  STAMPING,
} from "./certificates";
import { CONTEXT, Der, INTEGER, millisOf, OCTETS, only, SEQUENCE, SET } from "./der";
import { Bad, joined, same } from "./forms";

/** Whom to believe, and what time it is in seconds. */
export type Outside = {
  signers: readonly Certificate[];
  clocks: readonly Certificate[];
  now: number;
};
export const nobody = (now: number): Outside => ({ signers: [], clocks: [], now });

const DATA = "1.2.840.113549.1.7.1";
const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const GRACE = 300_000;
const TOKEN = "1.2.840.113549.1.9.16.2.14";

function attribute(attributes: Uint8Array, name: string) {
  const named = new Der(attributes).all().flatMap(({ content }) => {
    const one = new Der(content);
    return one.oid() === name ? [one.inside(SET).all()] : [];
  });
  const [values] = named;
  if (named.length > 1 || (values && values.length !== 1)) throw new Bad("attributes");
  return values?.[0];
}

/** The head of an element of this length. */
function headOf(tag: number, length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(tag, length);
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest >>>= 8) digits.unshift(rest & 0xff);
  return Uint8Array.of(tag, 0x80 | digits.length, ...digits);
}

/** Signed data of exactly one signer. */
class Message {
  readonly kind: string;
  readonly content?: Uint8Array;
  readonly pool: Certificate[] = [];
  readonly signature: Uint8Array;
  readonly token?: Uint8Array;
  private readonly named?: Uint8Array;
  private readonly issuer?: Uint8Array;
  private readonly serial?: Uint8Array;
  private readonly hash: string;
  private readonly attributes: Uint8Array;
  private readonly algorithm: string;

  constructor(data: Uint8Array) {
    const outer = new Der(only(data, SEQUENCE));
    if (outer.oid() !== "1.2.840.113549.1.7.2") throw new Bad("cms");
    const signed = new Der(only(outer.expect(CONTEXT).content, SEQUENCE));
    signed.small();
    signed.expect(SET);
    const inner = signed.inside(SEQUENCE);
    this.kind = inner.oid();
    const content = inner.optional(CONTEXT);
    this.content = content && only(content, OCTETS);
    for (const { tag, whole } of new Der(signed.optional(CONTEXT) ?? new Uint8Array()).all()) {
      if (tag === SEQUENCE) this.pool.push(...readable(whole));
    }
    signed.optional(CONTEXT | 1);
    const infos = signed.inside(SET).all();
    if (infos.length !== 1) throw new Bad("cms");
    const info = new Der(infos[0]?.content ?? new Uint8Array());
    info.small();
    this.named = info.optional(0x80);
    if (!this.named) {
      const who = info.inside(SEQUENCE);
      this.issuer = who.expect(SEQUENCE).whole;
      this.serial = who.expect(INTEGER).content;
    }
    this.hash = info.inside(SEQUENCE).oid();
    if (!HASHES[this.hash]) throw new Bad("algorithm");
    this.attributes = info.expect(CONTEXT).content;
    this.algorithm = info.inside(SEQUENCE).oid();
    this.signature = info.expect(OCTETS).content;
    const unsigned = info.optional(CONTEXT | 1);
    this.token = unsigned && attribute(unsigned, TOKEN)?.whole;
  }

  private signer(): Certificate {
    const { named, issuer, serial } = this;
    const found = this.pool.find((one) => {
      if (issuer && serial) return same(one.issuer, issuer) && same(one.serial, serial);
      const id = one.extensions.get("2.5.29.14");
      return named && id && same(only(id.value, OCTETS), named);
    });
    if (!found) throw new Bad("signer");
    return found;
  }

  /** Everything but trust; the signer's certificate. */
  check(content: Uint8Array): Certificate {
    const signer = this.signer();
    const digest = attribute(this.attributes, "1.2.840.113549.1.9.4");
    const kind = attribute(this.attributes, "1.2.840.113549.1.9.3");
    if (!digest || !kind || new Der(kind.whole).oid() !== this.kind) throw new Bad("attributes");
    this.binds(signer);
    // What is signed is the set, although the message shows it under another tag.
    const signed = joined(headOf(SET, this.attributes.length), this.attributes);
    const name = hashOfSignature(this.algorithm, this.hash);
    if (!isSigned(signer.key, name, signed, this.signature)) throw new Bad("signature");
    if (!same(digest.content, digestOf(this.hash, content))) throw new Bad("content");
    return signer;
  }

  /** The signed attributes name this very certificate (RFC 5035, RFC 2634). */
  private binds(signer: Certificate) {
    const second = attribute(this.attributes, "1.2.840.113549.1.9.16.2.47");
    const found = second ?? attribute(this.attributes, "1.2.840.113549.1.9.16.2.12");
    if (!found) throw new Bad("attributes");
    const one = new Der(new Der(found.content).expect(SEQUENCE).content).inside(SEQUENCE);
    const other = second && one.optional(SEQUENCE);
    const name = other ? new Der(other).oid() : "2.16.840.1.101.3.4.2.1";
    const made = second ? digestOf(name, signer.der) : sha1(signer.der);
    if (!same(one.expect(OCTETS).content, made)) throw new Bad("certificate");
  }
}

function readable(der: Uint8Array): Certificate[] {
  try {
    return [new Certificate(der)];
  } catch {
    return [];
  }
}

/** What a token says of when content stood: milliseconds, and whether it is believed. */
export type Stamp = { at: number; isKnown: boolean };

function checkToken(data: Uint8Array, content: Uint8Array, outside: Outside): Stamp {
  const message = new Message(data);
  if (message.kind !== TST_INFO || !message.content) throw new Bad("token");
  const info = new Der(only(message.content, SEQUENCE));
  info.small();
  info.oid();
  const imprint = info.inside(SEQUENCE);
  const name = imprint.inside(SEQUENCE).oid();
  const over = imprint.expect(OCTETS).content;
  info.expect(INTEGER);
  const at = millisOf(info.expect(24));
  const signer = message.check(message.content);
  if (!same(over, digestOf(name, content))) throw new Bad("imprint");
  const said = leads(signer, message.pool, outside.clocks, at, STAMPING);
  if (said === "purpose") throw new Bad("purpose");
  return { at, isKnown: said === "known" && at <= outside.now * 1000 + GRACE };
}

/** A timestamp response (`.tsr`) over content; {@link Bad} when it does not hold. */
export function checkResponse(data: Uint8Array, content: Uint8Array, outside: Outside): Stamp {
  const outer = new Der(only(data, SEQUENCE));
  if (outer.inside(SEQUENCE).small() > 1) throw new Bad("refused");
  return checkToken(outer.expect(SEQUENCE).whole, content, outside);
}

/** Whether a signature beside its content is by somebody believed; {@link Bad} when it is none. */
export function checkDetached(
  data: Uint8Array,
  content: Uint8Array,
  outside: Outside,
  proven?: number,
): boolean {
  const message = new Message(data);
  if (message.kind !== DATA || message.content) throw new Bad("detached");
  const signer = message.check(content);
  const at = proven ?? stamped(message, outside) ?? outside.now * 1000;
  return leads(signer, message.pool, outside.signers, at, "signing") === "known";
}

/** The moment of the timestamp over a signature, where there is one that is believed. */
function stamped({ token, signature }: Message, outside: Outside): number | undefined {
  try {
    const stamp = token && checkToken(token, signature, outside);
    return stamp?.isKnown ? stamp.at : undefined;
  } catch {
    return undefined;
  }
}

const latin = new TextDecoder("latin1");
const RANGE = /\/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]/g;

function bytesOfHex(text: string): Uint8Array {
  if (!/^<([0-9A-Fa-f]{2})+>$/.test(text)) throw new Bad("contents");
  const pairs = text.slice(1, -1).match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

/** One signature inside a PDF: the finding it leads to, and up to where it reaches. */
function inside(pdf: Uint8Array, numbers: readonly number[], outside: Outside) {
  const [start = 0, first = 0, second = 0, rest = 0] = numbers;
  const end = second + rest;
  if (start !== 0 || second <= first || end > pdf.length) throw new Bad("range");
  const contents = bytesOfHex(latin.decode(pdf.subarray(first, second)));
  const content = joined(pdf.subarray(0, first), pdf.subarray(second, end));
  const reader = new Der(contents);
  const { whole } = reader.next();
  if (reader.rest.some((byte) => byte !== 0)) throw new Bad("room");
  const isStamp = new Message(whole).kind === TST_INFO;
  const isKnown = isStamp
    ? checkToken(whole, content, outside).isKnown
    : checkDetached(whole, content, outside);
  const anchors = isStamp ? outside.clocks : outside.signers;
  return { end, isKnown, isAsked: anchors.length > 0 };
}

/**
 * What is to be said of the signatures inside a PDF: whether each holds for the bytes it names,
 * whose it is, and that what was added behind each of them was not looked at.
 */
export function signaturesInside(pdf: Uint8Array, outside: Outside): string[] {
  const codes = new Set<string>();
  let [count, last] = [0, 0];
  try {
    for (const [, ...numbers] of latin.decode(pdf).matchAll(RANGE)) {
      const found = inside(pdf, numbers.map(Number), outside);
      if (!found.isKnown) codes.add(found.isAsked ? "document.signer" : "document.untrusted");
      count += 1;
      last = Math.max(last, found.end);
    }
  } catch {
    return ["document.signature"];
  }
  if (count === 0) return ["document.signature"];
  // One signature over the whole file leaves no room for anything else.
  if (count > 1 || last < pdf.length) codes.add("document.unexamined");
  return [...codes];
}
