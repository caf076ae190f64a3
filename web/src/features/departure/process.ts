/** How a step of the process stands, in a word and a colour 步骤状态. */
import type { Tone } from "@/ui/StatusTag";
import type { Step } from "./calls";

export type Standing = {
  tone: Tone;
  word: "done" | "overdue" | "to_do" | "to_wait" | "ahead" | "refused" | "dropped";
};

/** Overdue comes before open: it is what somebody must see first. */
export function standing(step: Pick<Step, "state" | "kind" | "overdue">): Standing {
  switch (step.state) {
    case "passed":
    case "skipped":
      return { tone: "good", word: "done" };
    case "rejected":
      return { tone: "bad", word: "refused" };
    case "cancelled":
    case "sent_back":
      return { tone: "plain", word: "dropped" };
    case "active":
      if (step.overdue) return { tone: "bad", word: "overdue" };
      return step.kind === "wait"
        ? { tone: "plain", word: "to_wait" }
        : { tone: "busy", word: "to_do" };
    default:
      return { tone: "plain", word: "ahead" };
  }
}

/** By when somebody has to be done; a step that only waits is nobody’s to do. */
export function dueOf(step: Pick<Step, "state" | "kind" | "due_at">): string | undefined {
  if (step.state !== "active" || step.kind === "wait") return undefined;
  return step.due_at ?? undefined;
}

/** The step that waits for a dismissal to be served, if it has come to that. */
export function mayServe(steps: readonly Pick<Step, "node" | "state">[]): boolean {
  return steps.some(({ node, state }) => node === "service" && state === "active");
}

/** The step that waits for the receipt of a notice to be confirmed. */
export function mayAcknowledge(steps: readonly Pick<Step, "node" | "state">[]): boolean {
  return steps.some(({ node, state }) => node === "acknowledge" && state === "active");
}

/** Steps that end when what the employee was given is back or closed, one by one. */
const GIVEN: readonly string[] = ["close_accounts", "collect_assets"];

type Whose = { employee: { id: string }; case_id?: string | null };

/** Where a step is done: with the employee's things, or else in the case. */
export function pageOf(step: Pick<Step, "node">, of: Whose): string | undefined {
  if (GIVEN.includes(step.node)) return `/employees/${of.employee.id}?tab=assets`;
  return of.case_id ? `/cases/${of.case_id}` : undefined;
}
