/** What is so, but asks nobody for attention 次要文字. */
import type { ReactNode } from "react";
import styles from "./text.module.css";

export function Quiet({ children }: { children: ReactNode }) {
  return <span className={styles.none}>{children}</span>;
}
