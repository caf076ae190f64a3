/** Nothing here yet: why, and what to do next 空状态. */
import { InboxOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import styles from "./state.module.css";

type Props = {
  title: string;
  /** Why there is nothing, and what would bring something. */
  why: string;
  /** The next step: a button or a link. */
  next?: ReactNode;
};

export function EmptyState({ title, why, next }: Props) {
  return (
    <div className={styles.state}>
      <InboxOutlined className={styles.icon} aria-hidden />
      <p className={styles.title}>{title}</p>
      <p className={styles.why}>{why}</p>
      {next}
    </div>
  );
}
