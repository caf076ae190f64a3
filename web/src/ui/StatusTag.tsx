/** A state in one word, coloured by what it means to the reader 状态标签. */
import type { ReactNode } from "react";
import styles from "./StatusTag.module.css";

/** good: all is well; busy: under way; warn: look at it; bad: act now; plain: just a fact. */
export type Tone = "good" | "busy" | "warn" | "bad" | "plain";

type Props = { tone: Tone; children: ReactNode };

export function StatusTag({ tone, children }: Props) {
  return <span className={`${styles.tag} ${styles[tone]}`}>{children}</span>;
}
