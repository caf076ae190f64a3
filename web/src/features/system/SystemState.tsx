/** Version, database, evidence log, background, disk 系统状态页. */
import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { Link } from "react-router";
import { api, take, type Schema } from "@/api/client";
import { useCan } from "@/api/session";
import { formatMoment } from "@/lib/day";
import { useWords } from "@/lib/language";
import { MomentText } from "@/ui/DayText";
import { Facts } from "@/ui/Facts";
import { Figures } from "@/ui/Figures";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { StatusTag } from "@/ui/StatusTag";
import { formatBytes, secondsBetween } from "./bytes";
import styles from "./system.module.css";
import { systemWords } from "./words";

type State = Schema<"SystemState">;

/** Parts that work every few seconds; clearing comes every ten minutes. */
const quick = ["sign", "jobs", "alert"];
const parts = ["sign", "jobs", "alert", "clear", "witness", "stamp", "audit", "daily"] as const;

export function Component() {
  const w = useWords(systemWords);
  const query = useQuery({
    queryKey: ["system"],
    queryFn: () => take(api.GET("/system")),
    refetchInterval: 10_000,
  });
  return (
    <>
      <PageHeader title={w("system_state")} note={w("state_note")} />
      <Loaded query={query}>{(state) => <Panels of={state} />}</Loaded>
    </>
  );
}

function Panels({ of }: { of: State }) {
  const w = useWords(systemWords);
  const can = useCan();
  const failed = of.jobs_failed;
  return (
    <>
      {of.unsigned_since && (
        <Alert
          className={styles.alarm}
          type="error"
          showIcon
          title={w("unsigned_title")}
          description={
            of.log_broken
              ? w("unsigned_broken")
              : w("unsigned_passing", { at: formatMoment(of.unsigned_since) })
          }
        />
      )}
      <Panel>
        <Figures
          of={[
            { label: w("log_size"), value: of.log_size },
            { label: w("log_signed"), value: of.log_signed },
            { label: w("jobs_open"), value: of.jobs_open },
            {
              label: w("jobs_failed"),
              value: can("system.manage") ? <Link to="/system/jobs">{failed}</Link> : failed,
              ...(failed > 0 && { tone: "bad" as const }),
            },
            { label: w("disk_free"), value: formatBytes(of.disk_free_bytes) },
          ]}
        />
      </Panel>
      <Panel title={w("system_state")}>
        <Facts of={facts(of, w)} />
      </Panel>
      <Panel title={w("background")}>
        <Beats of={of} />
      </Panel>
    </>
  );
}

function facts(of: State, w: ReturnType<typeof useWords<typeof systemWords>>) {
  const age = of.signed_at && secondsBetween(of.signed_at, of.now);
  return [
    { label: w("version"), value: of.version },
    { label: w("started_at"), value: <MomentText of={of.started_at} /> },
    { label: w("database"), value: of.database },
    { label: w("database_size"), value: formatBytes(of.database_bytes) },
    { label: w("schema_version"), value: w("schema_step", { step: of.schema_version }) },
    {
      label: w("signed_at"),
      value: age || age === 0 ? w("signed_ago", { seconds: age }) : "—",
    },
    {
      label: w("disk_free"),
      value: `${formatBytes(of.disk_free_bytes)} ${w("disk_of", {
        total: formatBytes(of.disk_total_bytes),
      })}`,
    },
  ];
}

function Beats({ of }: { of: State }) {
  const w = useWords(systemWords);
  if (of.background.length === 0) return <p>{w("part_none")}</p>;
  return (
    <ul className={styles.jobKinds}>
      {of.background.map((beat) => {
        const part = parts.find((one) => one === beat.part);
        const late = quick.includes(beat.part) && secondsBetween(beat.at, of.now) > 60;
        return (
          <li key={beat.part}>
            <strong>{part ? w(`part_${part}`) : beat.part}</strong>
            <MomentText of={beat.at} />
            <StatusTag tone={late ? "bad" : "good"}>
              {w(late ? "beat_late" : "beat_good")}
            </StatusTag>
          </li>
        );
      })}
    </ul>
  );
}
