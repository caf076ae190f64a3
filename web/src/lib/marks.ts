/** Punctuation between parts, as the language of the screen has it 标点. */
import { language } from "./language";

const inZh = () => language() === "zh";

/** 甲、乙 — A, B */
export function listed(parts: readonly (string | number)[]): string {
  return parts.join(inZh() ? "、" : ", ");
}

/** 甲；乙 — A; B */
export function clauses(parts: readonly string[]): string {
  return parts.join(inZh() ? "；" : "; ");
}

/** 甲：乙 — A: B */
export function named(what: string, said: string): string {
  return `${what}${inZh() ? "：" : ": "}${said}`;
}

/** 甲（乙） — A (B) */
export function bracketed(what: string, added: string): string {
  return inZh() ? `${what}（${added}）` : `${what} (${added})`;
}
