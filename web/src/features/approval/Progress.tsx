/** The steps of a case from top to bottom, with who sat in them 流程进度. */
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { bracketed } from "@/lib/marks";
import { StatusTag, type Tone } from "@/ui/StatusTag";
import styles from "./approval.module.css";
import type { SeatView, StepView } from "./calls";
import { approvalWords } from "./words";

const tones: Readonly<Record<string, Tone>> = {
  active: "busy",
  passed: "good",
  rejected: "bad",
  sent_back: "warn",
};

export function Progress({ of }: { of: readonly StepView[] }) {
  const w = useWords(approvalWords);
  const language = useLanguage();
  return (
    <ol className={styles.steps}>
      {of.map((step) => (
        <li
          key={`${step.node} ${step.iteration}`}
          className={styles[step.state] ?? styles.pending}
          aria-current={step.state === "active" ? "step" : undefined}
        >
          <p className={styles.stepHead}>
            <strong>{language === "zh" ? step.title : step.title_en || step.title}</strong>
            <StatusTag tone={tones[step.state] ?? "plain"}>{step[`state_${language}`]}</StatusTag>
            {step.iteration > 1 && (
              <span className={styles.fine}>{w("round", { n: step.iteration })}</span>
            )}
            {/* A step at which nobody sits only waits, and is due at no time. */}
            {step.due_at && step.state === "active" && step.seats.length > 0 && (
              <span className={styles.fine}>
                {w("due_at")} {formatMoment(step.due_at)}
              </span>
            )}
          </p>
          <ul className={styles.seats}>
            {step.seats.map((seat, index) => (
              <Seat key={index} of={seat} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function Seat({ of }: { of: SeatView }) {
  const w = useWords(approvalWords);
  const language = useLanguage();
  const zh = language === "zh";
  const holder = zh ? of.holder.name : of.holder.name_en;
  const said = zh ? of.comment : of.comment_en;
  return (
    <li>
      <span>
        {of.acting_for
          ? bracketed(holder, w("acting_for", { name: of.acting_for.name }))
          : holder}
      </span>
      <span className={styles.fine}>
        {of[`decision_${language}`] ?? of[`state_${language}`]}{" "}
        {of.done_at && formatMoment(of.done_at)}
      </span>
      {said && <q className={styles.said}>{said}</q>}
    </li>
  );
}
