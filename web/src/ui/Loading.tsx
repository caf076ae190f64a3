/** Something is on its way 加载中. */
import { Spin } from "antd";
import { useWords } from "@/lib/language";
import styles from "./state.module.css";
import { uiWords } from "./words";

export function Loading() {
  const w = useWords(uiWords);
  return (
    <div className={styles.loading} role="status" aria-label={w("loading")}>
      <Spin />
    </div>
  );
}
