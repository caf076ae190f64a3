/** Documents that wait for one's signature or the company's seal, and what was refused 待签文书. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { Schema } from "@/api/client";
import { useCan } from "@/api/session";
import { refusedQuery, waitingQuery } from "@/api/signings";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { words } from "@/lib/words";
import { Panel } from "../Panel";
import { StatusTag } from "../StatusTag";
import styles from "./DocumentRows.module.css";

const waitsWords = words({
  title: ["待签文书", "Documents to sign"],
  until: ["期限 {at}", "until {at}"],
  urgent: ["请尽快签署", "soon due"],
  seal: ["待申请用印", "the company's seal is wanted"],
  refusals: ["被拒签的文书", "Signatures that were refused"],
  refused: ["{name} 拒签", "{name} refused"],
});

type Asked = Pick<Schema<"SigningRefusal">, "id" | "zh" | "en" | "number" | "employee">;

/** The way to what is signed, with its number and whom it is about. */
function Paper({ of }: { of: Asked }) {
  const language = useLanguage();
  return (
    <Link to={`/signings/${of.id}`} className={styles.file}>
      {of[language]} {of.number}
      {of.employee && ` · ${of.employee.name}`}
    </Link>
  );
}

/** Nothing at all when nothing waits. */
export function SigningWaits() {
  const w = useWords(waitsWords);
  const can = useCan()("signing.sign");
  const { data = [] } = useQuery({ ...waitingQuery, enabled: can });
  if (data.length === 0) return null;
  return (
    <Panel title={w("title")}>
      <ul className={styles.rows}>
        {data.map((one) => (
          <li key={one.id}>
            <Paper of={one} />
            {one.company && <StatusTag tone="warn">{w("seal")}</StatusTag>}
            {one.urgent && <StatusTag tone="bad">{w("urgent")}</StatusTag>}
            <span className={styles.quiet}>{w("until", { at: formatMoment(one.deadline) })}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** For whoever asks for signatures: nobody signs what was refused until he is asked anew. */
export function SigningRefusals() {
  const w = useWords(waitsWords);
  const can = useCan()("signing.request");
  const { data = [] } = useQuery({ ...refusedQuery, enabled: can });
  if (data.length === 0) return null;
  return (
    <Panel title={w("refusals")}>
      <ul className={styles.rows}>
        {data.map((one) => (
          <li key={one.id}>
            <Paper of={one} />
            <StatusTag tone="bad">{w("refused", { name: one.by?.name ?? "" })}</StatusTag>
            <span className={styles.quiet}>{one.reason}</span>
            <span className={styles.quiet}>{formatMoment(one.at)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
