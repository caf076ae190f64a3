/** What the background has to do, and what failed 后台任务页. */
import { useQuery } from "@tanstack/react-query";
import { App, Button, Space } from "antd";
import { api, take, type Schema } from "@/api/client";
import type { Ask } from "@/api/page";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import type { Language, Say } from "@/lib/words";
import { MomentText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import type { Column } from "@/ui/list/column";
import type { Filter } from "@/ui/list/filter";
import { ListPage } from "@/ui/list/ListPage";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { StatusTag, type Tone } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import styles from "./system.module.css";
import { systemWords } from "./words";

type Job = Schema<"JobItem">;
type W = Say<typeof systemWords>;

const tones = {
  failed: "bad",
  retrying: "warn",
  running: "busy",
  due: "busy",
  waiting: "plain",
  done: "good",
  dropped: "plain",
} as const satisfies Record<string, Tone>;

type State = keyof typeof tones;
const states = Object.keys(tones) as State[];
const stateOf = (job: Job) => states.find((one) => one === job.state) ?? "waiting";

const load = ({ cursor, filters: { state, kind } }: Ask) =>
  take(api.GET("/jobs", { params: { query: { state, kind, cursor } } }));

const columns = (w: W, language: Language): Column<Job>[] => [
  { key: "kind", title: w("job"), cell: (job) => job[`kind_${language}`], card: "title" },
  {
    key: "state",
    title: w("job_state"),
    width: 120,
    cell: (job) => (
      <StatusTag tone={tones[stateOf(job)]}>{w(`job_${stateOf(job)}`)}</StatusTag>
    ),
    card: "tag",
  },
  { key: "run_at", title: w("run_at"), width: 156, cell: (job) => <MomentText of={job.run_at} /> },
  {
    key: "attempts",
    title: w("attempts"),
    width: 88,
    cell: (job) => w("attempts_of", { count: job.attempts, most: job.most_attempts }),
  },
  { key: "error", title: w("last_error"), cell: (job) => job.last_error ?? "—" },
  { key: "act", title: w("actions"), width: 150, cell: (job) => <Acts of={job} /> },
];

function Acts({ of }: { of: Job }) {
  const w = useWords(systemWords);
  const { modal } = App.useApp();
  const params = { path: { id: of.id } };
  const refresh = [["jobs"], ["job-kinds"]];
  const retry = useAct({
    run: (_: undefined, headers) => take(api.POST("/jobs/{id}/retry", { params, headers })),
    done: w("retried"),
    refresh,
  });
  const giveUp = useAct({
    run: (_: undefined, headers) => take(api.POST("/jobs/{id}/give-up", { params, headers })),
    done: w("gave_up"),
    refresh,
  });
  const ask = () =>
    modal.confirm({
      title: w("give_up_title"),
      content: w("give_up_means"),
      okText: w("give_up"),
      okButtonProps: { danger: true },
      cancelText: w("cancel"),
      onOk: () => giveUp.mutateAsync(undefined).catch(() => undefined),
    });
  if (!of.may_retry && !of.may_give_up) return null;
  return (
    <Space size={4} wrap>
      {of.may_retry && (
        <Button type="link" size="small" onClick={() => retry.mutate(undefined)}>
          {w("retry")}
        </Button>
      )}
      {of.may_give_up && (
        <Button type="link" size="small" danger onClick={() => void ask()}>
          {w("give_up")}
        </Button>
      )}
    </Space>
  );
}

const kindsKey = ["job-kinds"];

function useKinds() {
  return useQuery({ queryKey: kindsKey, queryFn: () => take(api.GET("/job-kinds")) });
}

function Kinds() {
  const w = useWords(systemWords);
  const language = useLanguage();
  const query = useKinds();
  return (
    <Panel title={w("job_kinds")}>
      <Loaded query={query}>
        {(kinds) => (
          <ul className={styles.jobKinds}>
            {kinds.map((kind) => (
              <li key={kind.kind}>
                <strong>{kind[`kind_${language}`]}</strong>
                <span>{w("job_open", { count: kind.open })}</span>
                {kind.failed > 0 && (
                  <StatusTag tone="bad">{w("job_failed_count", { count: kind.failed })}</StatusTag>
                )}
                <span className={styles.note}>
                  {kind.next_at && w("job_next", { at: formatMoment(kind.next_at) })}
                  {!kind.next_at && !kind.last_at && w("job_never")}
                  {!kind.next_at &&
                    kind.last_at &&
                    w("job_last", { at: formatMoment(kind.last_at) })}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}

export function Component() {
  const w = useWords(systemWords);
  const language = useLanguage();
  const { data: kinds = [] } = useKinds();
  const filters: Filter[] = [
    {
      kind: "choice",
      key: "state",
      label: w("job_state"),
      choices: states.map((state) => ({ value: state, label: w(`job_${state}`) })),
    },
    {
      kind: "choice",
      key: "kind",
      label: w("job"),
      choices: kinds.map((kind) => ({ value: kind.kind, label: kind[`kind_${language}`] })),
    },
  ];
  return (
    <ListPage<Job>
      title={w("jobs")}
      note={w("jobs_note")}
      lead={<Kinds />}
      queryKey={["jobs"]}
      load={load}
      columns={columns(w, language)}
      rowKey={({ id }) => id}
      filters={filters}
      empty={<EmptyState title={w("jobs_none")} why={w("jobs_none_why")} />}
    />
  );
}
