/** Documents that were issued, one a line, each opening its file 文书列表. */
import { FilePdfOutlined } from "@ant-design/icons";
import { useLanguage, useWords } from "@/lib/language";
import type { ReactNode } from "react";
import type { SigningBrief } from "@/api/signings";
import { MomentText } from "../DayText";
import { uiWords } from "../words";
import styles from "./DocumentRows.module.css";
import { SigningState } from "./SigningState";

type Row = {
  id: string;
  zh: string;
  en: string;
  number: string;
  /** The customer or the receiver it names. */
  part?: string | null;
  pages: number;
  because: string;
  issued_at: string;
  issued_by?: { name: string } | null;
  signing?: SigningBrief | null;
};

type Props = {
  of: readonly Row[];
  fileOf: (id: string) => string;
  /** What can be done with one, at the end of its line. */
  action?: (row: Row) => ReactNode;
};

export function DocumentRows({ of, fileOf, action }: Props) {
  const w = useWords(uiWords);
  const language = useLanguage();
  return (
    <ul className={styles.rows}>
      {of.map((one) => (
        <li key={one.id}>
          <a href={fileOf(one.id)} target="_blank" rel="noreferrer" className={styles.file}>
            <FilePdfOutlined aria-hidden /> {one[language]} {one.number}
          </a>
          {one.part && <span>{one.part}</span>}
          <span className={styles.quiet}>{w("pages_of", { count: one.pages })}</span>
          {one.because && (
            <span className={styles.quiet}>{w("issued_again", { why: one.because })}</span>
          )}
          <span className={styles.quiet}>
            {one.issued_by?.name} <MomentText of={one.issued_at} />
          </span>
          {one.signing && <SigningState of={one.signing} />}
          {action?.(one)}
        </li>
      ))}
    </ul>
  );
}
