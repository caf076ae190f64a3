/** The second log over the same entries, with SM3 and SM2 国密日志. */
import { Typography } from "antd";
import type { Schema } from "@/api/client";
import { useWords } from "@/lib/language";
import { MomentText } from "@/ui/DayText";
import { Facts } from "@/ui/Facts";
import { Panel } from "@/ui/Panel";
import styles from "./evidence.module.css";
import { secondWords } from "./second.words";

/** Nothing where none is kept: most companies need none. */
export function Second({ of }: { of: Schema<"LogState"> }) {
  const w = useWords(secondWords);
  const { second, signed } = of;
  if (!second) return null;
  const { origin, key, size, signed_at, checkpoint } = second;
  const behind = Math.max(0, signed - size);
  return (
    <Panel title={w("second")}>
      <p className={styles.note}>{w("second_note")}</p>
      <Facts
        of={[
          { label: w("second_size"), value: w("second_entries", { size }) },
          { label: w("second_behind"), value: w("second_entries", { size: behind }) },
          {
            label: w("second_at"),
            value: signed_at ? <MomentText of={signed_at} /> : w("second_never"),
          },
          { label: w("second_origin"), value: origin, wide: true },
          {
            label: w("second_key"),
            value: <Typography.Text copyable>{key}</Typography.Text>,
            wide: true,
          },
          {
            label: w("second_head"),
            value: checkpoint ? (
              <pre className={styles.bytes}>{checkpoint}</pre>
            ) : (
              w("second_never")
            ),
            wide: true,
          },
        ]}
      />
    </Panel>
  );
}
