/** Between what a person fills in and the terms of a plan 提成条款内容. */
import { bpsOf } from "@/lib/percent";
import type { Schema } from "@/api/client";

export type Terms = Schema<"HandoverTerms">;

export const ways = [
  "protection",
  "by_table",
  "to_contract_end",
  "share_of_work",
  "negotiated",
  "nothing_kept",
] as const;

export type Way = (typeof ways)[number];

/** Shares in per cent, as they are typed. */
export type Filled = {
  way: Way;
  steps?: { before_day?: number; share?: number }[];
  afterwards?: number;
  covers?: string;
  share?: number;
  pieces?: { name?: string; weight?: number; done?: number }[];
  until?: string | null;
  agreement?: string;
  /** Id of the decision table that says the shares. */
  table?: string;
};

const bps = (percent: number | undefined) => bpsOf(percent ?? 0);

export function termsOf(filled: Filled): Terms {
  switch (filled.way) {
    case "protection":
      return {
        protection: {
          steps: (filled.steps ?? []).map(({ before_day = 0, share }) => ({
            before_day,
            share: bps(share),
          })),
          afterwards: bps(filled.afterwards),
          covers: filled.covers ?? "signed_before",
        },
      };
    case "to_contract_end":
      return { to_contract_end: { share: bps(filled.share) } };
    case "share_of_work":
      return {
        share_of_work: {
          pieces: (filled.pieces ?? []).map(({ name = "", weight, done }) => ({
            name,
            weight: bps(weight),
            done: bps(done),
          })),
        },
      };
    case "negotiated": {
      const { until = null, agreement = "" } = filled;
      return { negotiated: { share: bps(filled.share), until, agreement } };
    }
    case "by_table":
      return { by_table: { table: filled.table ?? "", covers: filled.covers ?? "signed_before" } };
    case "nothing_kept":
      return "nothing_kept";
  }
}

/** What the form shows of terms; what was not filled in yet begins as people use it. */
export function filledOf(terms: Terms | undefined): Filled {
  const usual: Filled = {
    way: "protection",
    steps: [
      { before_day: 30, share: 70 },
      { before_day: 60, share: 50 },
      { before_day: 90, share: 30 },
    ],
    afterwards: 0,
    covers: "signed_before",
    share: 50,
    pieces: [
      { name: "开拓与签约", weight: 60, done: 100 },
      { name: "交付与回款", weight: 40, done: 0 },
    ],
  };
  if (!terms) return usual;
  if (typeof terms === "string") return { ...usual, way: "nothing_kept" };
  if ("protection" in terms) {
    const { steps, afterwards, covers } = terms.protection;
    return {
      ...usual,
      steps: steps.map(({ before_day, share }) => ({ before_day, share: share / 100 })),
      afterwards: afterwards / 100,
      covers,
    };
  }
  if ("to_contract_end" in terms) {
    return { ...usual, way: "to_contract_end", share: terms.to_contract_end.share / 100 };
  }
  if ("by_table" in terms) {
    const { table, covers } = terms.by_table;
    return { ...usual, way: "by_table", table, covers };
  }
  if ("share_of_work" in terms) {
    const pieces = terms.share_of_work.pieces.map(({ name, weight, done }) => ({
      name,
      weight: weight / 100,
      done: done / 100,
    }));
    return { ...usual, way: "share_of_work", pieces };
  }
  const { share, until, agreement } = terms.negotiated;
  return { ...usual, way: "negotiated", share: share / 100, until: until ?? null, agreement };
}
