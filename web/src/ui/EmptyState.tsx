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
  /** Nothing else stands on the page. */
  whole?: boolean;
};

export function EmptyState({ title, why, next, whole = false }: Props) {
  const Heading = whole ? "h1" : "p";
  return (
    <div className={styles.state}>
      <InboxOutlined className={styles.icon} aria-hidden />
      <Heading className={styles.title}>{title}</Heading>
      <p className={styles.why}>{why}</p>
      {next}
    </div>
  );
}
