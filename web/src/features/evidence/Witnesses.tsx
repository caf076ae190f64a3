/** Who watches the log from outside, and whether they still do 见证方. */
import { Alert, Button, Typography } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { api, take, type Schema } from "@/api/client";
import { useCan } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { listed } from "@/lib/marks";
import { MomentText } from "@/ui/DayText";
import { Panel } from "@/ui/Panel";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import styles from "./evidence.module.css";
import { ageOf } from "./age";
import { witnessWords } from "./witness.words";

type State = Schema<"LogState">;
type Standing = Schema<"Standing">;

export function Witnesses({ of }: { of: State }) {
  const w = useWords(witnessWords);
  const can = useCan();
  const client = useQueryClient();
  const ask = useAct({
    run: (_: undefined, headers) => take(api.POST("/evidence-log/witnesses", { headers })),
    done: w("witnesses_asked"),
    onDone: (state) => client.setQueryData(["evidence", "log"], state),
  });
  const { witnesses } = of;
  const reachable = witnesses.some(({ url }) => Boolean(url));
  const button = can("evidence.audit") && reachable && (
    <Button loading={ask.isPending} onClick={() => ask.mutate(undefined)}>
      {w("witnesses_ask")}
    </Button>
  );
  return (
    <Panel title={w("witnesses")} extra={button}>
      <Alarms of={witnesses} />
      <p className={styles.note}>{w(witnesses.length > 0 ? "witnesses_note" : "no_witnesses")}</p>
      <ul className={styles.watch}>
        {witnesses.map((one) => (
          <Witness key={one.key} of={one} />
        ))}
      </ul>
    </Panel>
  );
}

/** What cannot wait until somebody reads the list. */
function Alarms({ of }: { of: readonly Standing[] }) {
  const w = useWords(witnessWords);
  const names = (some: readonly Standing[]) => listed(some.map(({ name }) => name));
  const broken = of.filter((one) => one.broken);
  const late = of.filter((one) => one.late && !one.broken);
  return (
    <>
      {broken.length > 0 && (
        <Alert
          className={styles.alarm}
          type="error"
          showIcon
          title={w("witness_broken", { names: names(broken) })}
        />
      )}
      {late.length > 0 && (
        <Alert
          className={styles.alarm}
          type="warning"
          showIcon
          title={w("witness_late", { names: names(late) })}
        />
      )}
    </>
  );
}

function Witness({ of }: { of: Standing }) {
  const w = useWords(witnessWords);
  const language = useLanguage();
  const trouble = language === "zh" ? of.trouble_zh : of.trouble_en;
  const tone = of.broken ? "bad" : of.late ? "bad" : trouble ? "warn" : "good";
  const state = of.broken ? "witness_is_broken" : of.late ? "witness_is_late" : "witness_is_well";
  const age = of.signed_at ? ageOf(of.signed_at, new Date()) : undefined;
  return (
    <li>
      <p className={styles.watchHead}>
        <strong>{of.name}</strong>
        <StatusTag tone={tone}>{w(state)}</StatusTag>
        {age ? (
          <span>
            {w(`age_${age.unit}`, { count: age.count })} · <MomentText of={of.signed_at} /> ·{" "}
            {w("witness_size", { size: of.size ?? 0 })}
          </span>
        ) : (
          <span>{w("witness_never")}</span>
        )}
      </p>
      {trouble && <p>{trouble}</p>}
      {!of.url && <p className={styles.hidden}>{w("witness_no_url")}</p>}
      <Typography.Text copyable className={styles.key}>
        {of.key}
      </Typography.Text>
    </li>
  );
}

/** The newest checkpoints, and by how many witnesses each was signed. */
export function Checkpoints({ of }: { of: State["checkpoints"] }) {
  const w = useWords(witnessWords);
  if (of.length === 0) return null;
  return (
    <Panel title={w("checkpoints")}>
      <ul className={styles.watch}>
        {of.map(({ size, signed_at, cosigned }) => (
          <li key={size}>
            <p className={styles.watchHead}>
              <strong>{w("checkpoint_of", { size })}</strong>
              <MomentText of={signed_at} />
              <span className={styles.hidden}>
                {cosigned > 0 ? w("cosigned", { count: cosigned }) : w("not_cosigned")}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
