/**
 * Money as the server sends it, exact to the fen 金额.
 *
 * Amounts are decimal strings with at most two places; every sum is made in whole fen as `bigint`,
 * because a JavaScript number cannot hold them exactly.
 */

export type Money = { amount: string; currency: string };

const PLAIN = /^(-?)(\d+)(?:\.(\d{1,2}))?$/;

/** Whole fen of a plain decimal such as `-1234.5`; throws a `RangeError` on anything else. */
export function fenOf(amount: string): bigint {
  const parts = PLAIN.exec(amount);
  if (!parts) throw new RangeError(`not an amount: ${amount}`);
  const [, sign, whole, places = ""] = parts;
  const fen = BigInt(`${whole}${places.padEnd(2, "0")}`);
  return sign ? -fen : fen;
}

function plainOf(fen: bigint): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, "0");
  return `${fen < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A count of things: `4459` → `4,459`. */
export function formatCount(count: number): string {
  return grouped(String(count));
}

/** `1234567.8` → `1,234,567.80`. */
export function formatAmount(amount: string): string {
  const [whole = "", places = "00"] = plainOf(fenOf(amount)).split(".");
  const sign = whole.startsWith("-") ? "-" : "";
  return `${sign}${grouped(whole.slice(sign.length))}.${places}`;
}

/** `¥1,234,567.80`; other currencies by their code: `USD 12.00`. */
export function formatMoney({ amount, currency }: Money): string {
  const text = formatAmount(amount);
  if (currency !== "CNY") return `${currency} ${text}`;
  return text.startsWith("-") ? `-¥${text.slice(1)}` : `¥${text}`;
}

/** For headline figures: in 万元, one place, rounded half away from zero: `80,719.4`; `0` if none. */
export function inWan(amount: string): string {
  const fen = fenOf(amount);
  return fen === 0n ? "0" : inUnits(fen, 100_000n, 1).join("");
}

/** The same for English: in millions of yuan, two places: `¥807.19`; nothing below one million. */
export function inMillions(amount: string): string | undefined {
  const fen = fenOf(amount);
  const size = fen < 0n ? -fen : fen;
  return size < 100_000_000n ? undefined : inUnits(fen, 1_000_000n, 2).join("¥");
}

/** Sign and size of an amount in units of which each place of `places` is `step` fen, rounded. */
function inUnits(fen: bigint, step: bigint, places: number): [string, string] {
  const size = fen < 0n ? -fen : fen;
  const parts = ((size + step / 2n) / step).toString().padStart(places + 1, "0");
  const sign = fen < 0n && /[1-9]/.test(parts) ? "-" : "";
  return [sign, `${grouped(parts.slice(0, -places))}.${parts.slice(-places)}`];
}

/** The sum of amounts in one currency; an empty sum is zero yuan. */
export function sumOf(parts: readonly Money[]): Money {
  const currency = parts[0]?.currency ?? "CNY";
  if (parts.some((part) => part.currency !== currency)) {
    throw new RangeError("a sum needs one currency");
  }
  const fen = parts.reduce((sum, part) => sum + fenOf(part.amount), 0n);
  return { amount: plainOf(fen), currency };
}

/** What a person typed (`¥1,234.5`, ` 1234 `) as a plain amount; `null` when it is none. */
export function readAmount(typed: string): string | null {
  // １２００ is 1200.
  const bare = typed.normalize("NFKC").replace(/[\s,¥]/g, "");
  return PLAIN.test(bare) ? plainOf(fenOf(bare)) : null;
}

/** What a person typed as money in yuan; the caller has checked that it is an amount. */
export function yuan(typed: string): Money {
  return { amount: plainOf(fenOf(readAmount(typed) ?? "")), currency: "CNY" };
}
