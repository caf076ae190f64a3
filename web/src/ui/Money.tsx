/** An amount of money, exact, with separators 金额. */
import { formatMoney, type Money as Amount } from "@/lib/money";
import styles from "./text.module.css";

type Props = { of: Amount | null | undefined };

export function Money({ of }: Props) {
  if (!of) return <span className={styles.none}>—</span>;
  const negative = of.amount.startsWith("-");
  return <span className={negative ? styles.negative : styles.figure}>{formatMoney(of)}</span>;
}
