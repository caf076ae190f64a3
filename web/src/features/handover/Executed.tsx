/** When a plan was executed and what took effect with it 执行结果. */
import { Alert } from "antd";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import type { PlanView } from "./calls";
import styles from "./handover.module.css";
import { kinds, useKindName } from "./kinds";
import { handoverWords } from "./words";

export function Executed({ of }: { of: PlanView }) {
  const w = useWords(handoverWords);
  const zh = useLanguage() === "zh";
  const nameOf = useKindName();
  if (of.state !== "executed" || !of.executed_at) return null;
  const { total, already } = of.preview;
  const { by_kind } = total;
  const counted = kinds.filter((kind) => (by_kind[kind] ?? 0) > 0);
  const what = counted.map((kind) => `${nameOf(kind)} ${String(by_kind[kind])}`);
  return (
    <Alert
      type="success"
      showIcon
      className={styles.note}
      title={w("executed_note", {
        at: formatMoment(of.executed_at),
        day: of.effective_on,
      })}
      description={
        <>
          {what.length > 0 && (
            <div>{w(of.whole ? "moved" : "moved_own", { what: what.join(zh ? "、" : ", ") })}</div>
          )}
          {already > 0 && <div>{w("already", { count: already })}</div>}
          {of.terms.length > 0 && <div>{w("terms_began", { day: of.effective_on })}</div>}
        </>
      }
    />
  );
}
