/** What the person looking has answered, as far as it still holds, and who has not accepted 答复. */
import { listed } from "@/lib/marks";
import type { Say } from "@/lib/words";
import type { Acceptance } from "./calls";
import type { handoverWords } from "./words";

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

/** Whom an approval waits for, by name: who has yet to answer, and who declined. */
export function whoLacks(of: readonly Acceptance[], w: Say<typeof handoverWords>): string[] {
  const open = of.filter(({ standing }) => standing !== "accepted");
  const declined = open.filter(({ standing }) => standing === "declined");
  const silent = open.filter(({ standing }) => standing !== "declined");
  const names = (them: typeof open) => listed(them.map(({ successor }) => successor.name));
  return [
    ...(silent.length > 0 ? [w("not_yet", { names: names(silent) })] : []),
    ...(declined.length > 0 ? [w("will_not", { names: names(declined) })] : []),
  ];
}
