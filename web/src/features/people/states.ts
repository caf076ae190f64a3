/** How the states of a person are coloured 员工状态. */
import type { Tone } from "@/ui/StatusTag";
import type { PersonState } from "./calls";

export const stateTones: Readonly<Record<PersonState, Tone>> = {
  active: "good",
  notice: "warn",
  left: "plain",
};
