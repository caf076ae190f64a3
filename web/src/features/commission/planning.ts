/** Between what a person fills in and what a version of a plan says 方案内容. */
import type { Money } from "@/lib/money";
import { readAmount } from "@/lib/money";
import { bpsOf } from "@/lib/percent";
import type { Offer } from "./calls";

export const methods = [
  "flat",
  "marginal",
  "whole",
  "mixed",
  "quota",
  "sections",
  "fixed",
  "table",
] as const;
export type MethodName = (typeof methods)[number];
export type Reach = "excess" | "whole";

export type FilledBand = { from?: string; rate?: number; reach?: Reach };
export type FilledStep = { attained?: number; rate?: number; reach?: Reach };
export type FilledSection = { from?: string; to?: string; rate?: number };

/** One component; amounts as typed, rates in per cent. */
export type FilledComponent = {
  name?: string;
  base?: string;
  customers?: string;
  products?: string[];
  industries?: string[];
  method?: MethodName;
  rate?: number;
  bands?: FilledBand[];
  quota?: string;
  steps?: FilledStep[];
  sections?: FilledSection[];
  fixed?: string;
  table?: string;
};

/** A whole version as it is typed. */
export type Filled = {
  trigger?: string;
  components?: FilledComponent[];
  payable?: "at_once" | "after_days" | "next_month_on";
  due_days?: number;
  due_day?: number;
  holds?: boolean;
  holdback_share?: number;
  holdback_reason?: string;
  release?: "after_days" | "contract_end";
  release_days?: number;
  cap?: string;
  promises?: "nothing" | "guarantee" | "draw";
  draw_amount?: string;
};

type Component = Offer["components"][number];
type Method = Component["method"];

const cny = (amount: string): Money => ({ amount, currency: "CNY" });

/** Typed money; `undefined` when it is none. */
function money(typed: string | undefined): Money | undefined {
  const amount = readAmount(typed ?? "");
  return amount === null ? undefined : cny(amount);
}

/** All of them, or nothing when one is missing. */
function every<T>(parts: (T | undefined)[]): T[] | undefined {
  const whole = parts.filter((part) => part !== undefined);
  return whole.length === parts.length && whole.length > 0 ? whole : undefined;
}

function ladder(filled: FilledComponent): Method | undefined {
  const { method, bands = [] } = filled;
  const reach = method === "whole" ? "whole" : "excess";
  const parts = bands.map((band, at) => {
    const from = at === 0 ? cny("0.00") : money(band.from);
    if (!from || band.rate === undefined) return undefined;
    const own = method === "mixed" ? (band.reach ?? "excess") : reach;
    return { from, rate: bpsOf(band.rate), reach: own };
  });
  const whole = every(parts);
  return whole && { ladder: whole };
}

function quota(filled: FilledComponent): Method | undefined {
  const amount = money(filled.quota);
  const steps = (filled.steps ?? []).map(({ attained = 0, rate, reach = "excess" }, at) =>
    rate === undefined
      ? undefined
      : { attained: at === 0 ? 0 : bpsOf(attained), rate: bpsOf(rate), reach },
  );
  const whole = every(steps);
  return amount && whole && { quota: { quota: amount, steps: whole } };
}

function sections(filled: FilledComponent): Method | undefined {
  const parts = (filled.sections ?? []).map(({ from, to, rate }) => {
    const [low, high] = [money(from), money(to)];
    return low && high && rate !== undefined
      ? { from: low, to: high, rate: bpsOf(rate) }
      : undefined;
  });
  const whole = every(parts);
  return whole && { sections: whole };
}

function methodOf(filled: FilledComponent): Method | undefined {
  switch (filled.method) {
    case "flat":
      return filled.rate === undefined
        ? undefined
        : { ladder: [{ from: cny("0.00"), rate: bpsOf(filled.rate), reach: "excess" }] };
    case "quota":
      return quota(filled);
    case "sections":
      return sections(filled);
    case "fixed": {
      const fixed = money(filled.fixed);
      return fixed && { fixed };
    }
    case "table":
      return filled.table ? { by_table: filled.table } : undefined;
    default:
      return ladder(filled);
  }
}

function componentOf(filled: FilledComponent): Component | undefined {
  const method = methodOf(filled);
  const name = filled.name?.trim();
  if (!method || !name) return undefined;
  const some = (list: string[] | undefined) => (list?.length ? list : undefined);
  return {
    name,
    condition: {
      customers: filled.customers ?? "any",
      products: some(filled.products),
      industries: some(filled.industries),
    },
    base: filled.base ?? "gross",
    method,
  };
}

function payableOf(filled: Filled): Offer["payable"] {
  if (filled.payable === "at_once") return "at_once";
  if (filled.payable === "after_days") return { after_days: filled.due_days ?? 0 };
  return { next_month_on: filled.due_day ?? 15 };
}

function holdbackOf(filled: Filled): Offer["holdback"] {
  if (!filled.holds) return undefined;
  const release =
    filled.release === "contract_end"
      ? ("contract_end" as const)
      : { after_days: filled.release_days ?? 0 };
  return {
    share: bpsOf(filled.holdback_share ?? 0),
    reason: filled.holdback_reason?.trim() ?? "",
    release,
  };
}

/** The version; nothing while something is missing. */
export function offerOf(filled: Filled): Offer | undefined {
  const components = every((filled.components ?? []).map(componentOf));
  const amount = money(filled.draw_amount);
  const promises = filled.promises && filled.promises !== "nothing";
  if (!components || (promises && !amount)) return undefined;
  if (filled.cap?.trim() && !money(filled.cap)) return undefined;
  return {
    trigger: filled.trigger ?? "cash",
    components,
    payable: payableOf(filled),
    holdback: holdbackOf(filled),
    cap: money(filled.cap),
    draw:
      promises && amount ? { amount, recoverable: filled.promises === "draw" } : undefined,
  };
}

/** What a ladder is called. */
function ladderName(bands: readonly { reach: string }[]): MethodName {
  const later = bands.slice(1);
  if (later.length === 0) return "flat";
  if (later.every(({ reach }) => reach === "excess")) return "marginal";
  return later.every(({ reach }) => reach === "whole") ? "whole" : "mixed";
}

function filledMethod(method: Method): FilledComponent {
  if ("by_table" in method) return { method: "table", table: method.by_table };
  if ("fixed" in method) return { method: "fixed", fixed: method.fixed.amount };
  if ("sections" in method) {
    const parts = method.sections.map(({ from, to, rate }) => ({
      from: from.amount,
      to: to.amount,
      rate: rate / 100,
    }));
    return { method: "sections", sections: parts };
  }
  if ("quota" in method) {
    const { quota: amount, steps } = method.quota;
    const parts = steps.map(({ attained, rate, reach }) => ({
      attained: attained / 100,
      rate: rate / 100,
      reach: reach as Reach,
    }));
    return { method: "quota", quota: amount.amount, steps: parts };
  }
  const bands = method.ladder.map(({ from, rate, reach }) => ({
    from: from.amount,
    rate: rate / 100,
    reach: reach as Reach,
  }));
  const name = ladderName(method.ladder);
  return { method: name, bands, rate: name === "flat" ? bands[0]?.rate : undefined };
}

/** What a component begins with; each method has something to change. */
export const usual: FilledComponent = {
  base: "gross",
  customers: "any",
  method: "flat",
  rate: 3,
  bands: [
    { from: "0", rate: 2, reach: "excess" },
    { from: "100000", rate: 4, reach: "excess" },
  ],
  quota: "1000000",
  steps: [
    { attained: 0, rate: 2, reach: "excess" },
    { attained: 80, rate: 3, reach: "excess" },
    { attained: 100, rate: 5, reach: "excess" },
  ],
  sections: [
    { from: "0", to: "99999.99", rate: 2 },
    { from: "100000", to: "500000", rate: 3 },
  ],
};

/** What the form shows of a version. */
export function filledOf(offer: Offer | undefined, component: string): Filled {
  const plain: Filled = {
    trigger: "cash",
    components: [{ ...usual, name: component }],
    payable: "next_month_on",
    due_day: 15,
    due_days: 30,
    holds: false,
    holdback_share: 10,
    release: "after_days",
    release_days: 365,
    promises: "nothing",
  };
  if (!offer) return plain;
  const { payable, holdback, draw } = offer;
  const filled: Filled = {
    ...plain,
    trigger: offer.trigger,
    components: offer.components.map((one) => ({
      ...usual,
      ...filledMethod(one.method),
      name: one.name,
      base: one.base,
      customers: one.condition.customers,
      products: one.condition.products ?? [],
      industries: one.condition.industries ?? [],
    })),
    cap: offer.cap?.amount,
  };
  if (payable === "at_once") filled.payable = "at_once";
  else if ("after_days" in payable) {
    filled.payable = "after_days";
    filled.due_days = payable.after_days;
  } else filled.due_day = payable.next_month_on;
  if (holdback) {
    filled.holds = true;
    filled.holdback_share = holdback.share / 100;
    filled.holdback_reason = holdback.reason;
    if (holdback.release === "contract_end") filled.release = "contract_end";
    else filled.release_days = holdback.release.after_days;
  }
  if (draw) {
    filled.promises = draw.recoverable ? "draw" : "guarantee";
    filled.draw_amount = draw.amount.amount;
  }
  return filled;
}

/** The field of the form behind a place of the request. */
export function fieldAt(pointer: string): (string | number)[] | undefined {
  const component = /^\/offer\/components\/(\d+)\/(\w+)/.exec(pointer);
  if (component) {
    const [, at, part] = component;
    return ["components", Number(at), part === "name" ? "name" : "method"];
  }
  const fields: Record<string, (string | number)[]> = {
    "/name": ["name"],
    "/overlay": ["overlay"],
    "/valid_from": ["valid_from"],
    "/offer/components": ["components", 0, "method"],
    "/offer/payable": ["payable"],
    "/offer/holdback/share": ["holdback_share"],
    "/offer/holdback/reason": ["holdback_reason"],
    "/offer/cap": ["cap"],
    "/offer/draw": ["draw_amount"],
  };
  return fields[pointer];
}
