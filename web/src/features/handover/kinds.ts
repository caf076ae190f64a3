/** The kinds of things that can point to a person, in words 交接事项类型. */
import { useWords } from "@/lib/language";
import { handoverWords } from "./words";

export const kinds = [
  "customer_ownership",
  "receivable_responsibility",
  "contract",
  "order_in_progress",
  "opportunity",
  "follow_up_duty",
  "complaint",
  "collaborator_seat",
  "pending_approval",
  "pending_task",
  "initiated_case",
  "flow_seat",
  "line_manager_role",
  "department_head_role",
  "stand_in",
] as const;

/** The name of a kind; one not known here stays as the server wrote it. */
export function useKindName(): (kind: string) => string {
  const w = useWords(handoverWords);
  return (kind) => {
    const known = kinds.find((one) => one === kind);
    return known ? w(`kind_${known}`) : kind;
  };
}
