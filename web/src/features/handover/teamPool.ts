/** Between what a person fills in and the team's part of a handover 团队份额. */
import { bpsOf } from "@/lib/percent";
import type { Schema } from "@/api/client";

export type TeamPool = Schema<"TeamPool">;
export type AgreedPool = Schema<"AgreedPool">;

/** Shares in per cent, as they are typed; the members' are of the team's part. */
export type FilledPool = {
  share?: number;
  before_day?: number | null;
  members?: { person?: string; share?: number }[];
};

/** What members' shares come to together, in per cent, exact to a hundredth. */
export const sumOf = (members: FilledPool["members"]) =>
  (members ?? []).reduce((sum, { share }) => sum + bpsOf(share ?? 0), 0) / 100;

/** The team's part as the server takes it; nothing while it is not filled in to its end. */
export function poolOf(filled: FilledPool | undefined): TeamPool | undefined {
  const members = filled?.members ?? [];
  const named = members.flatMap(({ person, share }) =>
    person ? [{ person, share: bpsOf(share ?? 0) }] : [],
  );
  if (!filled?.share || named.length < Math.max(members.length, 1)) return undefined;
  return {
    share: bpsOf(filled.share),
    ...(filled.before_day && { before_day: filled.before_day }),
    members: named,
  };
}

/** What the form shows of a team's part. */
export const filledPool = (pool: AgreedPool | null | undefined): FilledPool | undefined =>
  pool
    ? {
        share: pool.share / 100,
        before_day: pool.before_day ?? null,
        members: pool.members.map(({ person, share }) => ({
          person: person?.id,
          share: share / 100,
        })),
      }
    : undefined;

/** Equal shares to a hundredth of a per cent; what is left over goes to the first ones. */
export function evenly(people: readonly string[]): { person: string; share: number }[] {
  const each = Math.floor(10_000 / people.length);
  const over = 10_000 - each * people.length;
  return people.map((person, at) => ({ person, share: (each + (at < over ? 1 : 0)) / 100 }));
}
