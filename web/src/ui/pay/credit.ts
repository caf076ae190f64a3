/** What of a form about a match is meant 核销余款的换算. */
import type { MatchOffer, NewMatch } from "@/api/credit";
import { fenOf, readAmount, sumOf, type Money } from "@/lib/money";

/** What is named: every invoice with an amount above nothing, in the order of the offer. */
export function named(
  { invoices }: MatchOffer,
  typed: Record<string, string | undefined>,
): NonNullable<NewMatch["clearings"]> {
  return invoices.flatMap(({ invoice_id }) => {
    const amount = readAmount(typed[invoice_id] ?? "");
    if (amount === null || fenOf(amount) <= 0n) return [];
    return [{ invoice_id, amount: { amount, currency: "CNY" } }];
  });
}

/** What is left after these; `null` when they are more than there is. */
export function rest({ credit }: MatchOffer, parts: readonly Money[]): Money | null {
  const taken = fenOf(sumOf(parts).amount);
  if (taken > fenOf(credit.amount)) return null;
  return sumOf([credit, ...parts.map(({ amount }) => ({ amount: `-${amount}`, currency: "CNY" }))]);
}
