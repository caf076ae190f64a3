/** An amount of money, exact, with separators 金额. */
import { formatMoney, type Money as Amount } from "@/lib/money";
import styles from "./text.module.css";

/** Nothing stands back, so that a column of amounts shows where something is. */
function look(amount: string): string | undefined {
  if (amount.startsWith("-")) return styles.negative;
  return /[1-9]/.test(amount) ? styles.figure : styles.zero;
}

type Props = { of: Amount | null | undefined };

export function Money({ of }: Props) {
  if (!of) return <span className={styles.none}>—</span>;
  return <span className={look(of.amount)}>{formatMoney(of)}</span>;
}
