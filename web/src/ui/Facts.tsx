/** Names and values of one record, in columns 要素. */
import type { ReactNode } from "react";
import styles from "./Facts.module.css";

/** One fact; `wide` takes the whole row. */
export type Fact = { label: string; value: ReactNode; wide?: boolean };

export function Facts({ of }: { of: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {of.map(({ label, value, wide }) => (
        <div key={label} className={wide ? styles.wide : styles.fact}>
          <dt>{label}</dt>
          <dd>{value ?? "—"}</dd>
        </div>
      ))}
    </dl>
  );
}
