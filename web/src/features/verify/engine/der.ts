/** The elements of DER values, as certificates and signed messages are made of them 编码. */
import { Bad, same } from "./forms";

export const SEQUENCE = 0x30;
export const SET = 0x31;
export const INTEGER = 2;
export const BITS = 3;
export const OCTETS = 4;
const OID = 6;
export const CONTEXT = 0xa0;
const MOST_PARTS = 1000;

export type Element = { tag: number; content: Uint8Array; whole: Uint8Array };

/** Reads one element after the other. */
export class Der {
  constructor(private data: Uint8Array) {}

  get rest(): Uint8Array {
    return this.data;
  }

  next(): Element {
    const { data } = this;
    const [tag = 0x1f, first = 0] = data;
    if (data.length < 2 || (tag & 0x1f) === 0x1f) throw new Bad("der");
    let [length, head] = [first, 2];
    if (first > 0x7f) {
      const digits = data.subarray(2, 2 + (first & 0x7f));
      if (digits.length === 0 || digits.length > 4 || digits.length < (first & 0x7f)) {
        throw new Bad("der");
      }
      length = digits.reduce((sum, digit) => sum * 256 + digit, 0);
      head += digits.length;
      if (length < 0x80 || digits[0] === 0) throw new Bad("der");
    }
    if (head + length > data.length) throw new Bad("der");
    this.data = data.subarray(head + length);
    const whole = data.subarray(0, head + length);
    return { tag, content: whole.subarray(head), whole };
  }

  expect(tag: number): Element {
    const found = this.next();
    if (found.tag !== tag) throw new Bad("der");
    return found;
  }

  inside(tag: number): Der {
    return new Der(this.expect(tag).content);
  }

  optional(tag: number): Uint8Array | undefined {
    return this.data[0] === tag ? this.next().content : undefined;
  }

  all(): Element[] {
    const found: Element[] = [];
    while (this.data.length > 0) {
      if (found.length >= MOST_PARTS) throw new Bad("der");
      found.push(this.next());
    }
    return found;
  }

  oid(): string {
    const { content } = this.expect(OID);
    if (content.length === 0 || content.length > 39 || ((content.at(-1) ?? 0) & 0x80) !== 0) {
      throw new Bad("oid");
    }
    const numbers: number[] = [];
    let value = 0;
    for (const byte of content) {
      value = value * 128 + (byte & 0x7f);
      if ((byte & 0x80) === 0) {
        numbers.push(value);
        value = 0;
      }
    }
    const [head = 0, ...more] = numbers;
    const first = Math.min(Math.floor(head / 40), 2);
    return [first, head - 40 * first, ...more].join(".");
  }

  small(): number {
    const { content } = this.expect(INTEGER);
    if (content.length < 1 || content.length > 6 || ((content[0] ?? 0) & 0x80) !== 0) {
      throw new Bad("number");
    }
    return content.reduce((sum, digit) => sum * 256 + digit, 0);
  }
}

/** The content of the one element that these bytes are. */
export function only(data: Uint8Array, tag: number): Uint8Array {
  const reader = new Der(data);
  const { content } = reader.expect(tag);
  if (reader.rest.length > 0) throw new Bad("der");
  return content;
}

export const isYes = (content: Uint8Array | undefined) =>
  content !== undefined && same(content, Uint8Array.of(0xff));

const text = new TextDecoder("latin1");

/** Milliseconds since 1970 of a UTCTime (23) or GeneralizedTime (24), in UTC. */
export function millisOf({ tag, content }: Element): number {
  const match = /^(\d{12}|\d{14})(?:\.(\d{1,9}))?Z$/.exec(text.decode(content));
  const [, digits = "", fraction = ""] = match ?? [];
  if (!match || digits.length !== (tag === 23 ? 12 : tag === 24 ? 14 : 0)) throw new Bad("time");
  const full = tag === 24 ? digits : (digits < "50" ? "20" : "19") + digits;
  const [year, month, day, hour, minute, second] = [0, 4, 6, 8, 10, 12].map((from, n) =>
    Number.parseInt(full.slice(from, n === 0 ? 4 : from + 2), 10),
  );
  const iso = full.replace(/(....)(..)(..)(..)(..)(..)/, "$1-$2-$3T$4:$5:$6.000Z");
  const at = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second);
  if (Number.isNaN(at) || new Date(at).toISOString() !== iso) throw new Bad("time");
  return at + Number.parseInt(`${fraction}000`.slice(0, 3), 10);
}
