/** A white card with a heading; pages are made of these 卡片. */
import { useId, type ReactNode } from "react";
import styles from "./Panel.module.css";

type Props = { title?: ReactNode; extra?: ReactNode; flush?: boolean; children: ReactNode };

export function Panel({ title, extra, flush = false, children }: Props) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={title ? id : undefined}>
      {(title || extra) && (
        <div className={styles.head}>
          <h2 id={id} className={styles.title}>
            {title}
          </h2>
          {extra}
        </div>
      )}
      <div className={flush ? undefined : styles.body}>{children}</div>
    </section>
  );
}
