/** A row of headline figures 指标. */
import type { ReactNode } from "react";
import styles from "./Figures.module.css";

export type Figure = { label: string; value: ReactNode; unit?: string; tone?: "bad" };

export function Figures({ of }: { of: readonly Figure[] }) {
  return (
    <dl className={styles.figures}>
      {of.map(({ label, value, unit, tone }) => (
        <div key={label} className={styles.figure}>
          <dt>{label}</dt>
          <dd className={tone === "bad" ? styles.bad : undefined}>
            {value}
            {unit && <span className={styles.unit}>{unit}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
