/** That a plan undoes another one, or is undone by one 反向方案. */
import { Alert } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useWords } from "@/lib/language";
import type { PlanView } from "./calls";
import styles from "./handover.module.css";
import { handoverWords } from "./words";

export function Undoing({ of }: { of: PlanView }) {
  const w = useWords(handoverWords);
  const { reverses_id: id, reverses_number: number } = of;
  // Whoever sees his own share only may have no right to the plan that is undone.
  const undone = of.whole ? <Link to={`/plans/${id ?? ""}`}>{number}</Link> : number;
  return (
    <>
      {number && (
        <Note>
          {w("undoes")} {undone}
        </Note>
      )}
      {of.undone_by.map((plan) => (
        <Note key={plan.id}>
          {w(plan.state === "executed" ? "undone_by" : "undone_soon")}{" "}
          <Link to={`/plans/${plan.id}`}>{plan.number}</Link>
          {plan.state !== "executed" && ` · ${w(plan.state)}`}
        </Note>
      ))}
    </>
  );
}

function Note({ children }: { children: ReactNode }) {
  return <Alert type="info" showIcon title={<>{children}</>} className={styles.note} />;
}
