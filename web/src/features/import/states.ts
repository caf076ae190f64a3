/** How the states of a batch are coloured 导入状态. */
import type { Tone } from "@/ui/StatusTag";
import type { BatchState } from "./calls";

export const stateTones: Readonly<Record<BatchState, Tone>> = {
  staged: "busy",
  committed: "good",
  undone: "warn",
  discarded: "plain",
};

/** What records become when a batch is written. */
export const outcomes = ["created", "updated", "unchanged"] as const;
