/** How far a process has come 进度. */
import { Steps } from "antd";
import { useWords } from "@/lib/language";
import { formatMoment } from "@/lib/day";
import { TABLET, useNarrow } from "./useNarrow";
import { uiWords } from "./words";

export type StepState = "done" | "current" | "waiting" | "stopped";

export type Step = {
  key: string;
  title: string;
  state: StepState;
  /** Who it waits for, or what came of it. */
  note?: string;
  at?: string | null;
};

const antdStates = {
  done: "finish",
  current: "process",
  waiting: "wait",
  stopped: "error",
} as const;

export function StepProgress({ of, label }: { of: readonly Step[]; label: string }) {
  const w = useWords(uiWords);
  const narrow = useNarrow(TABLET);
  const items = of.map(({ key, title, state, note, at }) => ({
    key,
    title,
    status: antdStates[state],
    content: [w(`step_${state}`), note, at && formatMoment(at)].filter(Boolean).join(" · "),
  }));
  const current = of.findIndex(({ state }) => state === "current");
  return (
    <div role="group" aria-label={label}>
      <Steps
        items={items}
        current={current}
        orientation={narrow ? "vertical" : "horizontal"}
        size="small"
      />
    </div>
  );
}
