/** Between the shares a person types and what the server takes 业绩份额. */
import { bpsOf } from "@/lib/percent";
import type { Schema } from "@/api/client";

export type FilledShare = { kind?: "owner" | "person"; who?: string; share?: number };
export type FilledCredit = {
  direct?: FilledShare[];
  overlays?: { name?: string; members?: FilledShare[] }[];
};

type Shown = { person?: { id: string } | null; share: number };

/** Shares as the form shows them, in per cent. */
export function sharesOf(shares: readonly Shown[]): FilledShare[] {
  return shares.map(({ person, share }) => ({
    kind: person ? "person" : "owner",
    who: person?.id,
    share: share / 100,
  }));
}

/** What shares come to together, in per cent, exact to a hundredth. */
export function sumOfShares(shares: readonly FilledShare[] | undefined): number {
  const bps = (shares ?? []).map(({ share }) => bpsOf(share ?? 0));
  return bps.reduce((sum, part) => sum + part, 0) / 100;
}

const shares = (filled: readonly FilledShare[] | undefined) =>
  (filled ?? []).map(({ kind, who, share }) => ({
    employee_id: kind === "owner" ? undefined : who,
    share: bpsOf(share ?? 0),
  }));

export function creditOf(filled: FilledCredit): Schema<"Credit"> {
  return {
    direct: shares(filled.direct),
    overlays: (filled.overlays ?? []).map(({ name = "", members }) => ({
      name: name.trim(),
      members: shares(members),
    })),
  };
}
