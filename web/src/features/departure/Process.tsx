/** The process of a departure: who has to do what until when, and what is done 离职流程. */
import { Link } from "react-router";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { listed } from "@/lib/marks";
import { StatusTag } from "@/ui/StatusTag";
import type { DepartureView, Step } from "./calls";
import styles from "./departure.module.css";
import { dueOf, pageOf, standing } from "./process";
import { departureWords } from "./words";

export function Process({ of }: { of: DepartureView }) {
  const w = useWords(departureWords);
  if (of.tasks.length === 0) return <p className={styles.fine}>{w("no_process")}</p>;
  return (
    <>
      <p className={styles.fine}>{w("process_note")}</p>
      <ol className={styles.rows}>
        {of.tasks.map((step) => (
          <li key={`${step.node} ${step.done_at ?? step.state}`} className={styles.step}>
            <OneStep of={step} page={pageOf(step, of)} />
          </li>
        ))}
      </ol>
    </>
  );
}

/** Why nobody whom a step asks can act, and what would help. */
export function Vacant({ of }: { of: Pick<Step, "vacant_zh" | "vacant_en"> }) {
  const said = of[`vacant_${useLanguage()}`];
  return said ? <small className={styles.vacant}>{said}</small> : null;
}

function OneStep({ of, page }: { of: Step; page: string | undefined }) {
  const w = useWords(departureWords);
  const language = useLanguage();
  const { tone, word } = standing(of);
  const zh = language === "zh";
  const holders = of.holders.map(({ name, name_en }) => (zh ? name : name_en));
  const who = holders.length > 0 ? holders : of[`who_${language}`];
  return (
    <>
      <span className={styles.grow}>
        {of[language]}
        <small>
          {[listed(who), zh ? of.comment : of.comment_en].filter(Boolean).join(" · ")}
        </small>
        <Vacant of={of} />
      </span>
      {dueOf(of) && (
        <span className={styles.when}>{w("due_by", { at: formatMoment(dueOf(of) ?? "") })}</span>
      )}
      {of.done_at && of.state === "passed" && (
        <span className={styles.when}>{formatMoment(of.done_at)}</span>
      )}
      <StatusTag tone={tone}>{w(word)}</StatusTag>
      {of.buttons.length > 0 && page && (
        <Link to={page} aria-label={w("handle_step", { step: of[language] })}>
          {w("handle")}
        </Link>
      )}
    </>
  );
}
