/** What of a form about a match is meant 核销余款的换算. */
import type { MatchOffer, NewMatch } from "@/api/credit";
import { fenOf, readAmount, sumOf, type Money } from "@/lib/money";
import { asProblem } from "@/lib/problem";

/** Money to be matched, and the open invoices it may clear. */
export type Matchable = {
  credit: Money;
  invoices: readonly Omit<MatchOffer["invoices"][number], "takes">[];
};

/** What is typed for each invoice, by its id. */
export type Typed = Record<string, string | undefined>;

export type Named = NonNullable<NewMatch["clearings"]>;

/** What is named: every invoice with an amount above nothing, in the order of the offer. */
export function named({ invoices }: Matchable, typed: Typed): Named {
  return invoices.flatMap(({ invoice_id }) => {
    const amount = readAmount(typed[invoice_id] ?? "");
    if (amount === null || fenOf(amount) <= 0n) return [];
    return [{ invoice_id, amount: { amount, currency: "CNY" } }];
  });
}

/** What is left after these; `null` when they are more than there is. */
export function rest({ credit }: Matchable, parts: readonly Money[]): Money | null {
  const taken = fenOf(sumOf(parts).amount);
  if (taken > fenOf(credit.amount)) return null;
  return sumOf([credit, ...parts.map(({ amount }) => ({ amount: `-${amount}`, currency: "CNY" }))]);
}

/**
 * The answer; a problem with the n-th of what was sent is told at the line of its invoice, since
 * lines that were left empty are not sent.
 */
export async function atInvoices<T>(sent: Named, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (thrown) {
    const line = (pointer: string) =>
      pointer.replace(/^\/clearings\/(\d+).*$/, (all, n: string) => {
        const one = sent[Number.parseInt(n, 10)];
        return one ? `/amounts/${one.invoice_id}` : all;
      });
    throw asProblem(thrown).at(line);
  }
}
