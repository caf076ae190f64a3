/** What the form of a decision about open commission begins with 离职提成的决定. */
import dayjs, { type Dayjs } from "dayjs";
import type { ExitItem } from "./calls";

const ways = ["pay_in_full", "pay_share", "on_collection", "nothing"] as const;
export type Way = (typeof ways)[number];
/** The last one is what some companies write; the server says why it is void. */
const reasons = [
  "contract_fell",
  "returned",
  "condition_not_met",
  "terms_agreed",
  "because_he_left",
] as const;

type Passing = Pick<ExitItem, "passed_on">;

/** By terms of a plan, of which no day leaves him anything. */
export const leavesNothing = ({ passed_on }: Passing) =>
  Boolean(passed_on?.plan_id && !passed_on.leaves);

/** By terms of a plan that leave him a part, which counts with his signature under them. */
export const leavesPart = ({ passed_on }: Passing) =>
  Boolean(passed_on?.plan_id && passed_on.leaves);

/** The plan under whose terms he must have signed; none where they leave him all of it. */
export const planToSign = (about: readonly Passing[]): string | undefined =>
  about.find(leavesPart)?.passed_on?.plan_id ?? undefined;

/** Without a plan, or by several: there are no terms that he could sign. */
export const byNoPlan = ({ passed_on }: Passing) => Boolean(passed_on && !passed_on.plan_id);

/** Where terms leave him nothing he would get nothing as it comes in; one paper is for one plan. */
export const waysOf = (about: readonly Passing[]): Way[] => {
  const plan = planToSign(about);
  const comesIn = about.every(
    (one) =>
      !leavesNothing(one) && !byNoPlan(one) && (one.passed_on?.plan_id ?? undefined) === plan,
  );
  return ways.filter((way) => way !== "on_collection" || comesIn);
};

/** Whom terms leave a part, or everything, or who has no terms, has not agreed to nothing. */
export const reasonsOf = (about: readonly Passing[]) =>
  reasons.filter((reason) => reason !== "terms_agreed" || about.every(leavesNothing));

export type Values = {
  way?: Way;
  share?: number;
  agreement?: string;
  until?: Dayjs;
  months?: number;
  /** What he signed, where terms of a handover leave him a part. */
  paper?: string;
  reason?: (typeof reasons)[number];
  proof?: string;
  reply?: string;
};

const fresh: Values = { way: "pay_in_full", months: 3 };

const decisionOf = ({ suggested, decided }: ExitItem): unknown => (suggested ?? decided)?.decision;

/**
 * What is suggested for all of them is what the form begins with. Where they differ it begins
 * with nothing: what fits one contract must not be decided for others that nobody looked at.
 */
export function begin(about: readonly ExitItem[]): { initial: Values; differ: boolean } {
  const [first, ...others] = about.map(decisionOf);
  const told = JSON.stringify(first);
  if (others.some((one) => JSON.stringify(one) !== told)) {
    return { initial: { months: 3 }, differ: true };
  }
  return { initial: valuesOf(first, about), differ: false };
}

/** A way that is not offered is not chosen, and a paper for another plan proves nothing here. */
function valuesOf(decision: unknown, about: readonly ExitItem[]): Values {
  if (typeof decision !== "object" || decision === null) return fresh;
  if ("on_collection" in decision) {
    const { until, statement_months, consent } = decision.on_collection as {
      until: string;
      statement_months: number;
      consent?: { plan: string; paper: string };
    };
    if (!waysOf(about).includes("on_collection")) return { months: 3 };
    const signed = consent?.plan === planToSign(about) && { paper: consent?.paper };
    const months = statement_months;
    return { ...fresh, way: "on_collection", until: dayjs(until), months, ...signed };
  }
  if ("pay_share" in decision) {
    const { share, agreement } = decision.pay_share as { share: number; agreement: string };
    return { ...fresh, way: "pay_share", share: share / 100, agreement };
  }
  if ("nothing" in decision) {
    return { ...fresh, way: "nothing", ...(decision.nothing as Pick<Values, "reason" | "proof">) };
  }
  return fresh;
}
