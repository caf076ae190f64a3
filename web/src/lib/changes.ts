/** Before and after of an act, as it was recorded, laid side by side 变化对照. */

import { formatMoment } from "./day";
import { formatMoney } from "./money";
import { percentOf } from "./percent";
import { termsText } from "./termsText";
import type { Language } from "./words";

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** One field; `undefined` where it did not exist. */
export type Change = { field: string; before: Json | undefined; after: Json | undefined };

/** What was recorded besides the change: the reason, the day of effect and the like. */
export type Remark = { field: string; value: Json };

/** As the server writes a moment. */
/** The moment from which others are counted: it stands where there never was one. */
const NEVER = /^1970-01-01T00:00:00(\.0+)?Z$/;

/** An id such as `inv_01m8k7m1bb2m95pnyn0q8tyng6`; its end tells it apart, as on other screens. */
const ID = /^[a-z]+_[0-9a-z]{26}$/;

/** Fields that are recorded in basis points, wherever they stand. */
const SHARES: ReadonlySet<string> = new Set(["share", "weight", "afterwards"]);

const MOMENT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

type Fields = { [key: string]: Json };

function isFields(value: Json | undefined): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const isEmpty = (value: Json) =>
  value === null || value === "" || (Array.isArray(value) && value.length === 0);

const same = (a: Json | undefined, b: Json | undefined) => JSON.stringify(a) === JSON.stringify(b);

/** The fields of `detail.before` and `detail.after` that differ, in the order recorded. */
export function changesOf(detail: Json): Change[] {
  if (!isFields(detail) || !("before" in detail || "after" in detail)) return [];
  const { before, after } = detail;
  if (!isFields(before ?? undefined) && !isFields(after ?? undefined)) {
    return same(before, after) ? [] : [{ field: "", before, after }];
  }
  const old = isFields(before) ? before : {};
  const now = isFields(after) ? after : {};
  const fields = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return fields
    .filter((field) => !same(old[field], now[field]))
    .map((field) => ({ field, before: old[field], after: now[field] }));
}

/** Everything in `detail` besides before and after; nothing that is empty. */
export function remarksOf(detail: Json): Remark[] {
  if (!isFields(detail)) return [];
  return Object.entries(detail)
    .filter(([field]) => field !== "before" && field !== "after")
    .filter(([, value]) => value !== null && value !== "")
    .map(([field, value]) => ({ field, value }));
}

/** Who goes by an id. */
export type People = Readonly<Record<string, string>>;

/**
 * How a value is put into words: the names of its fields, of two languages this one, and who the
 * people are that it names.
 */
export type Words = { named: (field: string) => string; language: Language; people?: People };

const plain: Words = { named: (field) => field, language: "zh" };

/**
 * A value as text for people: lists joined, fields named, money as money, what stands in two
 * languages in one; absent and empty are a dash.
 */
export function textOf(value: Json | undefined, words: Words = plain): string {
  if (value === undefined || value === null || value === "") return "—";
  if (Array.isArray(value)) {
    const each = value.map((one) => textOf(one, words));
    return each.join(words.language === "zh" ? "、" : ", ") || "—";
  }
  if (typeof value === "object") {
    const money = moneyOf(value);
    if (money !== undefined) return money;
    const terms = termsText(value, words.language);
    if (terms !== undefined) return terms;
    const told = value[words.language];
    if (typeof value["zh"] === "string" && typeof told === "string") return told;
    const parts = Object.entries(value)
      .filter(([, part]) => !isEmpty(part))
      .map(([field, part]) => `${words.named(field)} ${fieldText(field, part, words)}`);
    return parts.join(words.language === "zh" ? "，" : "; ") || "—";
  }
  if (typeof value === "string" && MOMENT.test(value)) {
    if (!NEVER.test(value)) return formatMoment(value);
    return words.language === "zh" ? "没有" : "none";
  }
  const text = String(value);
  const { people = {} } = words;
  if (Object.hasOwn(people, text)) return people[text] ?? text;
  return ID.test(text) ? `…${text.slice(-6)}` : text;
}

/** Money as money; an amount that is none stays as it was recorded. */
function moneyOf({ amount, currency, ...rest }: Fields): string | undefined {
  if (typeof amount !== "string" || typeof currency !== "string") return undefined;
  if (Object.keys(rest).length > 0) return undefined;
  try {
    return formatMoney({ amount, currency });
  } catch {
    return undefined;
  }
}

/** The same where the field is known in which it stands. */
export function fieldText(field: string, value: Json | undefined, words: Words = plain): string {
  if (SHARES.has(field) && typeof value === "number") return percentOf(value);
  // `change: { change: "set_terms", … }`: its kind needs no name of its own.
  // Money has an amount and is no kind of amount.
  if (isFields(value) && moneyOf(value) === undefined && typeof value[field] === "string") {
    const { [field]: kind, ...rest } = value;
    const told = [textOf(kind, words), textOf(rest, words)].filter((text) => text !== "—");
    return told.join(words.language === "zh" ? "：" : ": ");
  }
  return textOf(value, words);
}
