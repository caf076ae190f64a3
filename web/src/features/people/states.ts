/** How the states of a person are coloured 员工状态. */
import type { Tone } from "@/ui/StatusTag";

export type PersonState = "active" | "notice" | "left";

export const stateTones: Readonly<Record<PersonState, Tone>> = {
  active: "good",
  notice: "warn",
  left: "plain",
};

/** What the server calls the state of a person; one it may add later counts as at work. */
export function personState(state: string): PersonState {
  return state === "notice" || state === "left" ? state : "active";
}
