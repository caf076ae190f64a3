/** Between what a person fills in and what a version says 方案内容. */
import type { Money } from "@/lib/money";
import { readAmount } from "@/lib/money";
import type { Offer } from "./calls";
import type { Tier } from "./earns";
import { bpsOf } from "@/lib/percent";

export type Filled = {
  method: "flat" | "tiers" | "table";
  /** Id of the decision table that says the rate. */
  table?: string;
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
  const method = methodOf(filled);
  return {
    trigger: "cash",
    components: [{ name: component, condition: { customers: "any" }, base: "gross", method }],
    payable: { next_month_on: filled.due },
  };
}

function methodOf(filled: Filled): Offer["components"][number]["method"] {
  if (filled.method === "table") return { by_table: filled.table ?? "" };
  const ladder = tiersOf(filled).map(({ from, bps }) => ({
    from: cny(from),
    rate: bps,
    reach: "excess",
  }));
  return { ladder };
}

/** The decision table a version takes its rate from; none when it has its own rates. */
export function tableOf(offer: Offer): string | undefined {
  const [only, ...others] = offer.components;
  return only && others.length === 0 && "by_table" in only.method
    ? only.method.by_table
    : undefined;
}

/** The bands of a version that has one component of marginal bands; none of any other. */
export function bandsOf(offer: Offer): { from: Money; rate: number }[] | undefined {
  const [only, ...others] = offer.components;
  if (!only || others.length > 0 || !("ladder" in only.method)) return undefined;
  return only.method.ladder;
}
