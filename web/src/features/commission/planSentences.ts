/** What a version says, in short sentences 方案摘要. */
import { formatMoney, type Money } from "@/lib/money";
import { percentOf } from "@/lib/percent";
import type { Say } from "@/lib/words";
import { bracketed, clauses, listed, named } from "@/lib/marks";
import type { Offer } from "./calls";
import { sayWords } from "./sayWords";

type W = Say<typeof sayWords>;
type Component = Offer["components"][number];

type Band = { from: Money; rate: number; reach: string };

function ladder(bands: readonly Band[], w: W) {
  const [first, ...later] = bands;
  if (!first) return "";
  if (later.length === 0) return w("flat", { rate: percentOf(first.rate) });
  const whole = later.every(({ reach }) => reach === "whole");
  const excess = later.every(({ reach }) => reach === "excess");
  const name = w(whole ? "whole" : excess ? "marginal" : "mixed");
  const tiers = bands.map(({ from, rate, reach }) => {
    const tier = w("tier", { from: formatMoney(from), rate: percentOf(rate) });
    return whole || excess ? tier : bracketed(tier, w(reach === "whole" ? "of_all" : "of_excess"));
  });
  return named(name, clauses(tiers));
}

/** How a component pays; a table is named by whoever knows its name. */
export function methodSays(of: Component, w: W, table: (id: string) => string): string {
  const { method } = of;
  if ("ladder" in method) return ladder(method.ladder, w);
  if ("by_table" in method) return w("by_table", { name: table(method.by_table) });
  if ("fixed" in method) return w("fixed", { amount: formatMoney(method.fixed) });
  if ("quota" in method) {
    const steps = method.quota.steps.map(({ attained, rate, reach }) => {
      const step = w("step", { attained: percentOf(attained), rate: percentOf(rate) });
      return reach === "whole" ? bracketed(step, w("of_all")) : step;
    });
    return named(w("quota", { amount: formatMoney(method.quota.quota) }), clauses(steps));
  }
  const parts = method.sections.map(({ from, to, rate }) =>
    w("section", { from: formatMoney(from), to: formatMoney(to), rate: percentOf(rate) }),
  );
  return named(w("sections"), clauses(parts));
}

/** For which deals, and of what. */
export function conditionSays({ condition, base }: Component, w: W): string[] {
  const said: string[] = [];
  if (base === "margin") said.push(w("margin"));
  if (condition.customers !== "any") said.push(w(condition.customers === "new" ? "new" : "old"));
  if (condition.products?.length) said.push(listed(condition.products));
  if (condition.industries?.length) said.push(listed(condition.industries));
  return said;
}

/** When it is earned and due, and what bounds it. */
export function boundsSay(of: Offer, w: W): string[] {
  const said = [w(of.trigger as "cash")];
  const { payable, holdback, cap, draw } = of;
  if (payable === "at_once") said.push(w("at_once"));
  else if ("after_days" in payable) said.push(w("after_days", { days: payable.after_days }));
  else said.push(w("next_month_on", { day: payable.next_month_on }));
  if (holdback) {
    said.push(w("held", { share: percentOf(holdback.share), reason: holdback.reason }));
  }
  if (cap) said.push(w("cap", { amount: formatMoney(cap) }));
  if (draw) {
    const amount = formatMoney(draw.amount);
    said.push(w(draw.recoverable ? "draw" : "guarantee", { amount }));
  }
  return said;
}
