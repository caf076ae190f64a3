/** An approved plan whose day has come: under way, or not executed 到期未执行的方案. */
import { Alert } from "antd";
import { useEffect, useState } from "react";
import { useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import type { PlanView } from "./calls";
import { dueOf } from "./whenDue";
import styles from "./handover.module.css";
import { handoverWords } from "./words";

/** The system executes within seconds; what has not happened after so long will not by itself. */
const PATIENCE = 60_000;

export function Due({ of }: { of: PlanView }) {
  const w = useWords(handoverWords);
  const { today } = useSession();
  const due = dueOf(of, today);
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    if (due !== "now") return undefined;
    const timer = setTimeout(() => setWaited(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [due]);
  if (!due) return null;
  if (due === "now" && !waited) {
    return <Alert type="info" showIcon title={w("under_way")} className={styles.note} />;
  }
  const why = of.may.includes("execute") ? "missed_why" : "missed_wait";
  const stands = (what: string) => of.conflicts.some(({ kind }) => kind === what);
  const hopeless = stands("reaches_back") ? "missed_over" : "missed_nothing";
  const over = stands("reaches_back") || stands("nothing_moves");
  return (
    <Alert
      type="error"
      showIcon
      title={w("missed")}
      description={w(over ? hopeless : why)}
      className={styles.note}
    />
  );
}
