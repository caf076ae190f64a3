/** What a timestamp authority says of the log, how old that is, and the way by hand 可信时间戳. */
import { Alert, Button, Upload } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { api, take, type Schema } from "@/api/client";
import { useCan } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { listed } from "@/lib/marks";
import { saveFile } from "@/lib/save";
import { MomentText } from "@/ui/DayText";
import { Facts } from "@/ui/Facts";
import { Panel } from "@/ui/Panel";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import styles from "./evidence.module.css";
import { ageOf } from "./age";
import { clockWords } from "./clock.words";
import { witnessWords } from "./witness.words";

type State = Schema<"LogState">;
type Standing = Schema<"ClockStanding">;

export function Clock({ of }: { of: State }) {
  const w = useWords(clockWords);
  const language = useLanguage();
  const can = useCan();
  const { clock } = of;
  const trouble = language === "zh" ? clock.trouble_zh : clock.trouble_en;
  const buttons = clock.known && can("evidence.audit") && <Buttons of={clock} />;
  return (
    <Panel title={w("clock")} extra={buttons}>
      {clock.late && (
        <Alert className={styles.alarm} type="warning" showIcon title={w("clock_late")} />
      )}
      {trouble && <Alert className={styles.alarm} type="warning" showIcon title={trouble} />}
      <p className={styles.note}>{w(clock.known ? "clock_note" : "clock_none")}</p>
      {clock.known && <Standings of={clock} />}
    </Panel>
  );
}

function Buttons({ of }: { of: Standing }) {
  const w = useWords(clockWords);
  const client = useQueryClient();
  const onDone = (state: State) => client.setQueryData(["evidence", "log"], state);
  const ask = useAct({
    run: (_: undefined, headers) => take(api.POST("/evidence-log/timestamps", { headers })),
    done: w("clock_asked"),
    onDone,
  });
  const question = useAct({
    run: (_: undefined, headers) =>
      take(
        api.POST("/evidence-log/timestamp-question", {
          headers,
          parseAs: "blob",
        }) as Promise<{ data?: Blob }>,
      ),
    onDone: (file: Blob) => saveFile("baton.tsq", file),
  });
  const answer = useAct({
    run: (file: Blob, headers) =>
      take(
        api.POST("/evidence-log/timestamp-answer", {
          headers: { ...headers, "Content-Type": "application/timestamp-reply" },
          body: file as never,
          bodySerializer: (body) => body as never,
        }),
      ),
    done: w("clock_kept"),
    onDone,
  });
  return (
    <span className={styles.buttons}>
      {of.url && (
        <Button loading={ask.isPending} onClick={() => ask.mutate(undefined)}>
          {w("clock_ask")}
        </Button>
      )}
      <Button loading={question.isPending} onClick={() => question.mutate(undefined)}>
        {w("clock_question")}
      </Button>
      <Upload
        accept=".tsr"
        showUploadList={false}
        beforeUpload={(file) => {
          answer.mutate(file);
          return false;
        }}
      >
        <Button loading={answer.isPending}>{w("clock_answer")}</Button>
      </Upload>
    </span>
  );
}

function Standings({ of }: { of: Standing }) {
  const w = useWords(clockWords);
  const age = useWords(witnessWords);
  const newest = of.stamps[0];
  const old = newest && ageOf(newest.at, new Date());
  return (
    <>
      <Facts
        of={[
          {
            label: w("clock_age"),
            value: old ? (
              <>
                {age(`age_${old.unit}`, { count: old.count })} · <MomentText of={newest.at} />
              </>
            ) : (
              w("clock_never")
            ),
          },
          { label: w("clock_waiting"), value: of.waiting },
          { label: w("clock_url"), value: of.url ?? w("clock_by_hand") },
          { label: w("clock_authorities"), value: listed(of.authorities) },
        ]}
      />
      <ul className={styles.watch}>
        {of.stamps.map((one) => (
          <li key={`${one.size} ${one.serial}`}>
            <p className={styles.watchHead}>
              <strong>{w("clock_line", { size: one.size })}</strong>
              <MomentText of={one.at} />
              <span className={styles.hidden}>{one.authority}</span>
              {one.by_hand && <StatusTag tone="plain">{w("clock_carried")}</StatusTag>}
              <a href={`/api/v1/evidence-log/timestamps/${one.size}/answer`} download>
                {w("clock_token")}
              </a>
              <a href={`/api/v1/evidence-log/timestamps/${one.size}/checkpoint`} download>
                {w("clock_checkpoint")}
              </a>
            </p>
          </li>
        ))}
      </ul>
      {newest && <p className={styles.keep}>{w("clock_keep")}</p>}
    </>
  );
}
