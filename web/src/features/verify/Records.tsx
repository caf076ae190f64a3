/** The records of what was examined, the first few at once 记录清单. */
import { Button } from "antd";
import { useState } from "react";
import { actName } from "@/lib/actName";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { inLanguage } from "@/lib/words";
import { Panel } from "@/ui/Panel";
import { StatusTag } from "@/ui/StatusTag";
import { actWords } from "./actWords";
import type { RecordReport, Report } from "./engine/verdict";
import { tones } from "./tones";
import styles from "./verify.module.css";
import { verdictShort, verifyWords } from "./words";

const FIRST = 20;
/** More than a page bears; those behind it were examined like the others. */
const MOST = 2_000;

export function Records({ of: { records, complete } }: { of: Report }) {
  const w = useWords(verifyWords);
  const some = useSome(records);
  const subjects = useSome(complete);
  if (records.length === 0) return null;
  return (
    <Panel title={w("records", { count: records.length })}>
      <ul className={styles.list}>
        {some.shown.map((record) => (
          <One key={record.index} of={record} />
        ))}
      </ul>
      {some.more}
      {complete.length > 0 && (
        <>
          <p className={styles.label}>{w("complete")}</p>
          <ul className={styles.list}>
            {subjects.shown.map((subject) => (
              <li key={subject}>
                <code>{subject}</code>
              </li>
            ))}
          </ul>
          {subjects.more}
        </>
      )}
    </Panel>
  );
}

/** A name that this page does not know is shown as it stands, as is what is no moment. */
function One({ of: { index, verdict, type = "", at = "" } }: { of: RecordReport }) {
  const language = useLanguage();
  const [kind_zh, kind_en] = actWords[type] ?? [type, type];
  return (
    <li>
      <span>#{index}</span>
      <span className={styles.deed} title={`${at} ${type}`}>
        {Number.isNaN(Date.parse(at)) ? at : formatMoment(at)}{" "}
        {actName({ kind_zh, kind_en }, language)}
      </span>
      <StatusTag tone={tones[verdict]}>{inLanguage(verdictShort[verdict], language)}</StatusTag>
      <code className={styles.code}>{verdict}</code>
    </li>
  );
}

/** The first few of a list, and the way to the others. */
function useSome<T>(all: readonly T[]) {
  const w = useWords(verifyWords);
  const [opened, setOpened] = useState(false);
  const more = opened ? (
    all.length > MOST && <p className={styles.note}>{w("more", { count: all.length - MOST })}</p>
  ) : (
    all.length > FIRST && (
      <Button type="link" onClick={() => setOpened(true)}>
        {w("show_all", { count: all.length })}
      </Button>
    )
  );
  return { shown: all.slice(0, opened ? MOST : FIRST), more };
}
