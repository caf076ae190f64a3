/** Where a task is worked on 待办的办理页. */
import { addressOf } from "./subject";

/** What must be known of a task. */
export type Task = { case_id: string; node: string; subject: string; state: string };

/** Steps whose work leaves its own trace, on the page of the thing; they end with it. */
const traced: Readonly<Record<string, readonly string[]>> = {
  plan: ["accept"],
  objection: ["answer"],
  departure: ["plan", "close_accounts", "collect_assets", "certificate", "service"],
};

/** The page on which the work of a task is done: that of the thing, or else the case itself. */
export function placeOf(task: Task): string {
  const kind = task.subject.split("/")[0] ?? "";
  const there = task.state === "open" && (traced[kind]?.includes(task.node) ?? false);
  return (there ? addressOf(task.subject) : null) ?? `/cases/${task.case_id}`;
}
