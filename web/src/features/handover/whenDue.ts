/** Whether the day of an approved plan has come 生效日是否已到. */
import type { Conflict, PlanView } from "./calls";

type Standing = Pick<PlanView, "state" | "effective_on" | "may"> & {
  conflicts: readonly Pick<Conflict, "blocks">[];
};

/**
 * On its day the system executes it by itself; later it was missed, and so it is on its day where
 * something stands in the way. Where the page has been open over midnight, whoever may execute is
 * told by the server that the day has come.
 */
export function dueOf(of: Standing, today: string): "now" | "missed" | undefined {
  if (of.state !== "approved") return undefined;
  if (of.effective_on < today) return "missed";
  const due = of.effective_on === today || of.may.includes("execute");
  if (!due) return undefined;
  return of.conflicts.some(({ blocks }) => blocks) ? "missed" : "now";
}
