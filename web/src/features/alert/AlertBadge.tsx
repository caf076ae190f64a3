/** How many alerts wait, beside their place in the menu 预警角标. */
import { useQuery } from "@tanstack/react-query";
import { useWords } from "@/lib/language";
import styles from "./alert.module.css";
import { countQuery } from "./calls";
import { alertWords } from "./words";

export function AlertBadge() {
  const w = useWords(alertWords);
  const { data } = useQuery(countQuery);
  const open = data?.open ?? 0;
  if (open === 0) return null;
  return (
    <span className={styles.badge} title={w("waiting", { count: open })}>
      <span aria-hidden>{open > 99 ? "99+" : open}</span>
      <span className={styles.spoken}>{w("waiting", { count: open })}</span>
    </span>
  );
}
