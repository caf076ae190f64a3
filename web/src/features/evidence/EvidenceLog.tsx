/** The state of the log, its key, and an audit of the whole 存证日志页. */
import { useQuery } from "@tanstack/react-query";
import { Button, Typography } from "antd";
import { api, take, type Schema } from "@/api/client";
import { useCan } from "@/api/session";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { ErrorState } from "@/ui/ErrorState";
import { Facts } from "@/ui/Facts";
import { Figures } from "@/ui/Figures";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { StatusTag } from "@/ui/StatusTag";
import { CheckpointSheet } from "./CheckpointSheet";
import { Clock } from "./Clock";
import styles from "./evidence.module.css";
import { Second } from "./Second";
import { meaningOf } from "./verdict";
import { Checkpoints, Witnesses } from "./Witnesses";
import { evidenceWords } from "./words";

type State = Schema<"LogState">;

export function Component() {
  const w = useWords(evidenceWords);
  const can = useCan();
  const query = useQuery({
    queryKey: ["evidence", "log"],
    queryFn: () => take(api.GET("/evidence-log")),
  });
  return (
    <>
      <PageHeader
        title={w("log_title")}
        trail={[{ label: w("evidence"), to: "/evidence" }]}
        note={w("log_note")}
      />
      <Loaded query={query}>{(state) => <StatePanels state={state} />}</Loaded>
      {can("evidence.audit") && <Audit />}
    </>
  );
}

function StatePanels({ state }: { state: State }) {
  const w = useWords(evidenceWords);
  const { size, signed, origin, key, checkpoint } = state;
  const figure = (label: string, value: number) => ({ label, value, unit: w("entries") });
  return (
    <>
      <Panel>
        <Figures
          of={[
            figure(w("size"), size),
            figure(w("signed"), signed),
            figure(w("waiting"), Math.max(0, size - signed)),
          ]}
        />
      </Panel>
      <Witnesses of={state} />
      <Clock of={state} />
      <Checkpoints of={state.checkpoints} />
      <Nightly of={state.audited} />
      <Panel title={w("key")} extra={checkpoint && <CheckpointSheet of={state} />}>
        <p className={styles.note}>{w("key_note")}</p>
        <Facts
          of={[
            { label: w("origin"), value: origin, wide: true },
            {
              label: w("key"),
              value: <Typography.Text copyable>{key}</Typography.Text>,
              wide: true,
            },
            {
              label: w("checkpoint"),
              value: checkpoint ? (
                <pre className={styles.bytes}>{checkpoint}</pre>
              ) : (
                w("no_checkpoint")
              ),
              wide: true,
            },
          ]}
        />
      </Panel>
      <Second of={state} />
    </>
  );
}

/** The newest audit that ran by itself. */
function Nightly({ of }: { of: State["audited"] }) {
  const w = useWords(evidenceWords);
  const wrong = of ? of.findings + of.differences : 0;
  return (
    <Panel title={w("nightly")}>
      <p className={styles.note}>{w("nightly_note")}</p>
      {of ? (
        <p className={styles.watchHead}>
          <StatusTag tone={wrong > 0 ? "bad" : "good"}>{of.verdict}</StatusTag>
          <span>
            {w(meaningOf(of.verdict).title)} · {w("nightly_at")} {formatMoment(of.at)} ·{" "}
            {w("nightly_found", { ...of, wrong })}
          </span>
        </p>
      ) : (
        <p className={styles.hidden}>{w("nightly_none")}</p>
      )}
    </Panel>
  );
}

function Audit() {
  const w = useWords(evidenceWords);
  const query = useQuery({
    queryKey: ["evidence", "audit"],
    queryFn: () =>
      take(api.GET("/evidence-log/audit", { params: { query: { deep: true } } })),
    enabled: false,
    gcTime: 0,
  });
  const run = (
    <Button type="primary" loading={query.isFetching} onClick={() => void query.refetch()}>
      {w("audit_run")}
    </Button>
  );
  return (
    <Panel title={w("audit")} extra={run}>
      <p className={styles.note}>{w("audit_note")}</p>
      <div role="status">
        {query.data?.audit && !query.isFetching && <Verdict of={query.data.audit} />}
      </div>
      {query.isError && <ErrorState problem={query.error} />}
    </Panel>
  );
}

function Verdict({ of }: { of: Schema<"AuditView"> }) {
  const w = useWords(evidenceWords);
  const language = useLanguage();
  const { tone, title, means } = meaningOf(of.verdict);
  const explained = w(means);
  return (
    <>
      <p className={styles.verdict}>
        <StatusTag tone={tone}>{of.verdict}</StatusTag>
        {language === "zh" ? of.verdict_zh : w(title)}
      </p>
      <p>{explained}</p>
      {of.findings.length > 0 && (
        <>
          <p>{w("findings", { count: of.findings.length })}</p>
          <ol className={styles.findings}>
            {of.findings.map((finding) => (
              <li key={finding}>{finding}</li>
            ))}
          </ol>
        </>
      )}
      {of.books && <Books of={of.books} />}
      {of.erased > 0 && <p>{w("erased", { count: of.erased })}</p>}
      <p className={styles.note}>{w("audited", { at: formatMoment(of.at), size: of.size })}</p>
      <Facts of={[{ label: w("root"), value: <code>{of.root}</code>, wide: true }]} />
    </>
  );
}

/** The business tables against what every act wrote: each row that differs, in a sentence. */
function Books({ of }: { of: Schema<"BooksView"> }) {
  const w = useWords(evidenceWords);
  const language = useLanguage();
  const { tables, rows, total, differences } = of;
  return (
    <>
      <p>{w(total === 0 ? "books_same" : "books_differ", { tables, rows, total })}</p>
      {differences.length > 0 && (
        <ol className={styles.findings}>
          {differences.map((found) => (
            <li key={found.zh}>{language === "zh" ? found.zh : found.en}</li>
          ))}
        </ol>
      )}
      {of.total > differences.length && (
        <p>{w("books_more", { count: of.total - differences.length })}</p>
      )}
      {of.erased > 0 && <p>{w("books_erased", { count: of.erased })}</p>}
    </>
  );
}
