/** Tells a leaving person on every page what handover mode allows 交接模式提示. */
import { SwapOutlined } from "@ant-design/icons";
import { useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import styles from "./HandoverBanner.module.css";
import { sessionWords } from "./words";

export function HandoverBanner() {
  const w = useWords(sessionWords);
  const { login } = useSession();
  if (login.mode !== "handover") return null;
  return (
    <section className={styles.banner} aria-label={w("handover")}>
      <SwapOutlined aria-hidden className={styles.icon} />
      <p>
        <strong>{w("handover")}</strong>
        <span>{w("handover_means")}</span>
      </p>
    </section>
  );
}
