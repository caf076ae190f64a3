/** What happened to a record, in sentences, each with its proof 历史记录. */
import { Link } from "react-router";
import { useWords } from "@/lib/language";
import { bracketed } from "@/lib/marks";
import { MomentText } from "./DayText";
import styles from "./History.module.css";
import { uiWords } from "./words";

/** One entry of the evidence log, put into words by the server. */
export type HistoryEntry = {
  at: string;
  who: string;
  /** For whom they acted, when not for themselves. */
  onBehalfOf?: string | null;
  sentence: string;
  /** Place in the evidence log, from 0. */
  index: number;
  /** Whether the reader may open its page. */
  opens: boolean;
};

export function History({ of }: { of: readonly HistoryEntry[] }) {
  const w = useWords(uiWords);
  if (of.length === 0) return <p className={styles.empty}>{w("history_empty")}</p>;
  return (
    <ol className={styles.list}>
      {of.map(({ at, who, onBehalfOf, sentence, index, opens }) => (
        <li key={index} className={styles.entry}>
          <p className={styles.sentence}>{sentence}</p>
          <p className={styles.facts}>
            <MomentText of={at} />
            <span>
              {onBehalfOf ? bracketed(who, w("on_behalf", { who: onBehalfOf })) : who}
            </span>
            {opens ? (
              <Link to={`/evidence/${index}`}>{w("proof", { index })}</Link>
            ) : (
              <span>{w("proof", { index })}</span>
            )}
          </p>
        </li>
      ))}
    </ol>
  );
}
