/** What the person looking has answered, as far as it still holds 本人答复. */
import type { Acceptance } from "./calls";

export type OwnAnswer = "accepted" | "declined";

/** Nothing while he was not asked, has not answered, or his share has changed since. */
export function ownAnswer(
  of: readonly Acceptance[],
  me: string | null | undefined,
): OwnAnswer | undefined {
  const mine = of.find(({ successor }) => successor.id === me);
  const standing = mine?.standing;
  return standing === "accepted" || standing === "declined" ? standing : undefined;
}
