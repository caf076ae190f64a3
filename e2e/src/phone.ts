/** An authenticator as people have it on their phones, RFC 6238 动态口令. */
import { createHmac } from "node:crypto";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP = 30_000;

function bytesOf(base32: string): Buffer {
  const bits = [...base32.replace(/[=\s]/g, "")]
    .map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => parseInt(byte, 2)));
}

function codeAt(seed: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", seed).update(counter).digest();
  const at = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/**
 * Gives a code that was not given before. A server takes the code of the step before, of this one and
 * of the next, each once, so three need no waiting.
 */
export function phone(base32: string): () => Promise<string> {
  const seed = bytesOf(base32);
  let last = 0;
  return async () => {
    const now = () => Math.floor(Date.now() / STEP);
    const next = Math.max(last + 1, now() - 1);
    // Where codes are wanted faster than they grow, people wait too.
    while (next > now() + 1) await new Promise((done) => setTimeout(done, 500));
    last = next;
    return codeAt(seed, next);
  };
}
