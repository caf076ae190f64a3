/** How the states of a person are coloured 员工状态. */
import type { Tone } from "@/ui/StatusTag";

/** `withdrawn` never came: the import that had brought the person was undone. */
export type PersonState = "active" | "notice" | "left" | "withdrawn";

export const stateTones: Readonly<Record<PersonState, Tone>> = {
  active: "good",
  notice: "warn",
  left: "plain",
  withdrawn: "plain",
};

const others = ["notice", "left", "withdrawn"] as const;

/** What the server calls the state of a person; one it may add later counts as at work. */
export function personState(state: string): PersonState {
  return others.find((other) => other === state) ?? "active";
}
