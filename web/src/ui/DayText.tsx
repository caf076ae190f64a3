/** A day or a moment as text 日期. */
import { useSession } from "@/api/session";
import { daysBetween, formatMoment } from "@/lib/day";
import { useWords } from "@/lib/language";
import styles from "./text.module.css";
import { uiWords } from "./words";

type DayProps = {
  of: string | null | undefined;
  /** Also say how far away it is: `3 天前`. */
  distance?: boolean;
};

export function DayText({ of, distance = false }: DayProps) {
  const w = useWords(uiWords);
  const { today } = useSession();
  if (!of) return <span className={styles.none}>—</span>;
  const ahead = daysBetween(today, of);
  const far =
    ahead === 0
      ? w("today")
      : ahead > 0
        ? w("days_ahead", { days: ahead })
        : w("days_ago", { days: -ahead });
  return (
    <span className={styles.figure}>
      <time dateTime={of}>{of}</time>
      {distance && <span className={styles.aside}>{far}</span>}
    </span>
  );
}

export function MomentText({ of }: { of: string | null | undefined }) {
  if (!of) return <span className={styles.none}>—</span>;
  return (
    <time className={styles.figure} dateTime={of}>
      {formatMoment(of)}
    </time>
  );
}
