/** Between what a person fills in and what a version says 方案内容. */
import type { Money } from "@/lib/money";
import { readAmount } from "@/lib/money";
import type { Offer } from "./calls";
import type { Tier } from "./earns";
import { bpsOf } from "@/lib/percent";

export type Filled = {
  method: "flat" | "tiers";
  rate?: number;
  tiers?: { from?: string; rate?: number }[];
  /** Day of the next month on which it falls due. */
  due: number;
};

const cny = (amount: string): Money => ({ amount, currency: "CNY" });

/** The bands that were filled in; the first begins at zero. */
export function tiersOf(filled: Filled): Tier[] {
  if (filled.method === "flat") return [{ from: "0.00", bps: bpsOf(filled.rate ?? 0) }];
  return (filled.tiers ?? []).map((tier, at) => ({
    from: at === 0 ? "0.00" : (readAmount(tier.from ?? "") ?? "0.00"),
    bps: bpsOf(tier.rate ?? 0),
  }));
}

/** What a version says that pays these bands of all cash. */
export function offerOf(filled: Filled, component: string): Offer {
  const bands = tiersOf(filled).map(({ from, bps }) => ({
    from: cny(from),
    rate: bps,
    reach: "excess",
  }));
  return {
    trigger: "cash",
    components: [
      {
        name: component,
        condition: { customers: "any" },
        base: "gross",
        method: { ladder: bands },
      },
    ],
    payable: { next_month_on: filled.due },
  };
}

/** The bands of a version that has one component of marginal bands; none of any other. */
export function bandsOf(offer: Offer): { from: Money; rate: number }[] | undefined {
  const [only, ...others] = offer.components;
  if (!only || others.length > 0 || !("ladder" in only.method)) return undefined;
  return only.method.ladder;
}
