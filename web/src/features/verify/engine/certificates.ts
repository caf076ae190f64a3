/** Certificates and the keys in them (RFC 5280), for those who sign and those who stamp 证书. */
import { p256, p384 } from "@noble/curves/nist.js";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { BITS, CONTEXT, Der, INTEGER, isYes, millisOf, OCTETS, only, SEQUENCE } from "./der";
import { Bad, joined, same, textOf, unbase64 } from "./forms";

export const HASHES: Record<string, (data: Uint8Array) => Uint8Array> = {
  "2.16.840.1.101.3.4.2.1": sha256,
  "2.16.840.1.101.3.4.2.2": sha384,
  "2.16.840.1.101.3.4.2.3": sha512,
};
const [SHA256, SHA384, SHA512] = Object.keys(HASHES);
/** Algorithms of signatures, and by which digest they are. */
const SIGNATURES: Record<string, string | undefined> = {
  "1.2.840.10045.4.3.2": SHA256,
  "1.2.840.10045.4.3.3": SHA384,
  "1.2.840.10045.4.3.4": SHA512,
  "1.2.840.113549.1.1.11": SHA256,
  "1.2.840.113549.1.1.12": SHA384,
  "1.2.840.113549.1.1.13": SHA512,
};
const RSA = "1.2.840.113549.1.1.1";
const EC = "1.2.840.10045.2.1";
const CURVES: Record<string, typeof p256 | undefined> = {
  "1.2.840.10045.3.1.7": p256,
  "1.3.132.0.34": p384,
};
export const STAMPING = "1.3.6.1.5.5.7.3.8";
export type Purpose = "signing" | typeof STAMPING;

export function digestOf(name: string, data: Uint8Array): Uint8Array {
  const hash = HASHES[name];
  if (!hash) throw new Bad("algorithm");
  return hash(data);
}

/** The digest of a signature's algorithm; those that name only a key take that of the message. */
export function hashOfSignature(algorithm: string, own?: string): string {
  const name = SIGNATURES[algorithm] ?? ([RSA, EC].includes(algorithm) ? own : undefined);
  if (name === undefined) throw new Bad("algorithm");
  return name;
}

const numberOf = (data: Uint8Array) =>
  data.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** RSASSA-PKCS1-v1_5 (RFC 8017). */
function isRsa(key: Uint8Array, name: string, digest: Uint8Array, signature: Uint8Array) {
  const numbers = new Der(only(key, SEQUENCE));
  const [n, e] = [numbers, numbers].map((one) => numberOf(one.expect(INTEGER).content));
  const bits = (n ?? 0n).toString(2).length;
  if (n === undefined || e === undefined || bits < 2048 || bits > 8192) throw new Bad("key");
  if (e < 2n || e >= 1n << 33n || !(e & 1n)) throw new Bad("key");
  const size = Math.ceil(bits / 8);
  const value = numberOf(signature);
  if (signature.length !== size || value >= n) return false;
  const tail = 1 + Object.keys(HASHES).indexOf(name);
  const info = joined(
    Uint8Array.of(0x30, 17 + digest.length, 0x30, 13, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2),
    Uint8Array.of(tail, 5, 0, 4, digest.length),
    digest,
  );
  const filler = new Uint8Array(size - 3 - info.length).fill(0xff);
  const wanted = joined(Uint8Array.of(0, 1), filler, Uint8Array.of(0), info);
  return power(value, e, n) === numberOf(wanted);
}

/** Whether the key of a SubjectPublicKeyInfo signed these bytes. */
export function isSigned(
  spki: Uint8Array,
  name: string,
  content: Uint8Array,
  signature: Uint8Array,
): boolean {
  const inside = new Der(only(spki, SEQUENCE));
  const [about, bits] = [inside.inside(SEQUENCE), inside.expect(BITS).content];
  const [kind, key, digest] = [about.oid(), bits.subarray(1), digestOf(name, content)];
  if (bits[0] !== 0) throw new Bad("key");
  if (kind === RSA) return isRsa(key, name, digest, signature);
  const curve = kind === EC ? CURVES[about.oid()] : undefined;
  if (!curve) throw new Bad("algorithm");
  try {
    return curve.verify(signature, digest, key, { prehash: false, lowS: false, format: "der" });
  } catch {
    return false;
  }
}

const UNDERSTOOD = ["19", "15", "37", "14", "17", "32"].map((last) => `2.5.29.${last}`);

type Extension = { isCritical: boolean; value: Uint8Array };

export class Certificate {
  readonly serial: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly key: Uint8Array;
  readonly since: number;
  readonly until: number;
  readonly extensions = new Map<string, Extension>();
  private readonly tbs: Uint8Array;
  private readonly algorithm: string;
  private readonly signature: Uint8Array;

  constructor(readonly der: Uint8Array) {
    const outer = new Der(only(der, SEQUENCE));
    const { content, whole } = outer.next();
    this.tbs = whole;
    this.algorithm = outer.inside(SEQUENCE).oid();
    this.signature = outer.expect(BITS).content.subarray(1);
    const tbs = new Der(content);
    tbs.optional(CONTEXT);
    this.serial = tbs.expect(INTEGER).content;
    tbs.expect(SEQUENCE);
    this.issuer = tbs.expect(SEQUENCE).whole;
    const times = tbs.inside(SEQUENCE);
    this.since = millisOf(times.next());
    this.until = millisOf(times.next());
    this.subject = tbs.expect(SEQUENCE).whole;
    this.key = tbs.expect(SEQUENCE).whole;
    tbs.optional(0x81);
    tbs.optional(0x82);
    const found = tbs.optional(CONTEXT | 3);
    for (const one of found ? new Der(only(found, SEQUENCE)).all() : []) {
      const inside = new Der(one.content);
      const name = inside.oid();
      const isCritical = isYes(inside.optional(1));
      this.extensions.set(name, { isCritical, value: inside.expect(OCTETS).content });
    }
  }

  /** The first byte of key usage; nothing when it is not restricted. */
  private usage(): number | undefined {
    const found = this.extensions.get("2.5.29.15");
    return found && (only(found.value, BITS)[1] ?? 0);
  }

  isFor(purpose: Purpose): boolean {
    try {
      const usage = this.usage();
      if (usage !== undefined && (usage & 0xc0) === 0) return false;
      const extended = this.extensions.get("2.5.29.37");
      const all = extended ? new Der(only(extended.value, SEQUENCE)).all() : [];
      const purposes = all.map(({ whole }) => new Der(whole).oid());
      if (purpose === "signing") return !purposes.includes(STAMPING);
      return extended?.isCritical === true && purposes.join() === STAMPING;
    } catch {
      return false;
    }
  }

  isUnderstood(): boolean {
    return [...this.extensions].every(
      ([name, { isCritical }]) => !isCritical || UNDERSTOOD.includes(name),
    );
  }

  isAuthority(below: number): boolean {
    try {
      const usage = this.usage();
      const basic = this.extensions.get("2.5.29.19");
      const rules = new Der(only(basic?.value ?? new Uint8Array(), SEQUENCE));
      const isOne = isYes(rules.optional(1));
      const limit = rules.rest.length > 0 ? rules.small() : undefined;
      const may = usage === undefined || (usage & 0x04) !== 0;
      return isOne && may && (limit === undefined || limit >= below);
    } catch {
      return false;
    }
  }

  isIssuedBy(other: Certificate): boolean {
    try {
      const name = hashOfSignature(this.algorithm);
      const isNamed = same(this.issuer, other.subject);
      return isNamed && isSigned(other.key, name, this.tbs, this.signature);
    } catch {
      return false;
    }
  }
}

/** All certificates of a text with PEM blocks. */
export function certificatesOf(pem: string): Certificate[] {
  const blocks = pem.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/g);
  return [...blocks].map(([, inside = ""]) => {
    return new Certificate(unbase64(inside.replace(/\s/g, "")));
  });
}

/** The same of a file, PEM or DER. */
export const certificatesIn = (data: Uint8Array): Certificate[] =>
  data[0] === SEQUENCE ? [new Certificate(data)] : certificatesOf(textOf(data) ?? "");

const LONGEST_CHAIN = 8;
const MOST_CHECKS = 64;

/** Whether a chain leads to an anchor; "purpose" when the certificate is for something else. */
export function leads(
  leaf: Certificate,
  pool: readonly Certificate[],
  anchors: readonly Certificate[],
  at: number,
  purpose: Purpose,
): "known" | "unknown" | "purpose" {
  if (!leaf.isFor(purpose) || !leaf.isUnderstood()) return "purpose";
  const ahead = [[leaf]];
  let checks = 0;
  for (let path = ahead.pop(); path; path = ahead.pop()) {
    const last = path.at(-1);
    if (!last || at < last.since || at > last.until) continue;
    if (anchors.some(({ der }) => same(der, last.der))) return "known";
    for (const issuer of path.length < LONGEST_CHAIN ? [...pool, ...anchors] : []) {
      const isInside = path.some(({ der }) => same(der, issuer.der));
      if (!same(last.issuer, issuer.subject) || isInside) continue;
      if (!issuer.isUnderstood() || !issuer.isAuthority(path.length - 1)) continue;
      checks += 1;
      if (checks > MOST_CHECKS) return "unknown";
      if (last.isIssuedBy(issuer)) ahead.push([...path, issuer]);
    }
  }
  return "unknown";
}
