/** Amounts that are typed when a line is spoken about 异议金额. */
import type { Money } from "@/lib/money";

/** An amount as people type it; may lie below zero where something was taken back. */
export const AMOUNT = /^-?\d{1,12}(\.\d{1,2})?$/;

/** Yuan with two places or fewer, as whole fen; exact, since no fraction is ever made of it. */
export function fenOf(text: string): number {
  const [yuan = "0", part = ""] = text.replace("-", "").split(".");
  const fen = Number(yuan) * 100 + Number(part.padEnd(2, "0"));
  return text.startsWith("-") ? -fen : fen;
}

/** What was typed, as it travels; nothing where nothing was. */
export const moneyIn = (text: string | undefined): Money | undefined =>
  text?.trim() ? { amount: text.trim(), currency: "CNY" } : undefined;

/** Whether what is claimed is an amount above what the line is; nothing claimed is fine. */
export function above(claimed: string, now: Money): boolean {
  return claimed === "" || (AMOUNT.test(claimed) && fenOf(claimed) > fenOf(now.amount));
}

/** Whether what is granted lies between what the line is and what is claimed, both excluded. */
export function fits(granted: string, now: Money, claimed: Money | undefined): boolean {
  if (!AMOUNT.test(granted)) return false;
  const fen = fenOf(granted);
  const is = fenOf(now.amount);
  if (!claimed) return fen !== is;
  const wanted = fenOf(claimed.amount);
  return fen > Math.min(is, wanted) && fen < Math.max(is, wanted);
}
