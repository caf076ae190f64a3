/** What the giver still earns of the customers that move, and changing it 提成条款. */
import { Button } from "antd";
import { useState } from "react";
import { useLanguage, useWords } from "@/lib/language";
import { listed } from "@/lib/marks";
import { percentOf } from "@/lib/percent";
import { Panel } from "@/ui/Panel";
import type { PlanView } from "./calls";
import styles from "./handover.module.css";
import type { AgreedPool } from "./teamPool";
import { TermsForm } from "./TermsForm";
import { termsWords } from "./termsWords";

export function TermsPanel({ of }: { of: PlanView }) {
  const w = useWords(termsWords);
  const language = useLanguage();
  const [open, setOpen] = useState<"all" | "own">();
  const some = of.terms.some(({ customer_id }) => customer_id);
  const { customers, by_kind } = of.preview.total;
  const edits = of.may.includes("edit") && (customers > 0 || (by_kind.contract ?? 0) > 0);
  return (
    <Panel
      title={w("title")}
      extra={
        edits && (
          <span className={styles.rules}>
            <Button onClick={() => setOpen("all")}>{w("change")}</Button>
            <Button onClick={() => setOpen("own")}>{w("own")}</Button>
          </span>
        )
      }
    >
      <p className={styles.fine}>{w(of.terms.length === 0 ? "none" : "note")}</p>
      <ul className={styles.plain}>
        {of.terms.map((one) => (
          <li key={one.customer_id ?? ""}>
            <strong>{one.customer ?? w(some ? "others" : "all")}</strong>
            <span>{one[language]}</span>
            {one.pool && <Team of={one.pool} />}
          </li>
        ))}
      </ul>
      {open && <TermsForm of={of} own={open === "own"} onClose={() => setOpen(undefined)} />}
    </Panel>
  );
}

/** Who shares the team's part. */
function Team({ of }: { of: AgreedPool }) {
  const w = useWords(termsWords);
  const members = of.members.map(({ person, share }) =>
    w("one_member", { name: person?.name ?? "—", share: percentOf(share) }),
  );
  return (
    <span className={styles.fine}>
      {w("pool_of", { share: percentOf(of.share), members: listed(members) })}
    </span>
  );
}
