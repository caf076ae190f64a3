/** One alert: what led to it, who has it, how it ended 预警详情. */
import { useQuery } from "@tanstack/react-query";
import { Button, Space } from "antd";
import { useState } from "react";
import { api, take } from "@/api/client";
import { historyOf } from "@/api/history";
import { useSession } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { MomentText } from "@/ui/DayText";
import { Facts, type Fact } from "@/ui/Facts";
import { Loaded } from "@/ui/Loaded";
import { DetailDrawer } from "@/ui/record/DetailDrawer";
import { RecordHistory } from "@/ui/record/RecordHistory";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import styles from "./alert.module.css";
import { alertQuery, severityTone, stateTone, type AlertView } from "./calls";
import { ResolveDialog } from "./ResolveDialog";
import { alertWords } from "./words";

type Props = { id: string | null; onClose: () => void };

export function AlertDrawer({ id, onClose }: Props) {
  const w = useWords(alertWords);
  const query = useQuery({ ...alertQuery(id ?? ""), enabled: id !== null });
  const language = useLanguage();
  const loaded = id !== null ? query.data : undefined;
  return (
    <DetailDrawer
      open={id !== null}
      title={loaded ? loaded.kind[language] : w("alerts")}
      actions={loaded && <Actions of={loaded} />}
      onClose={onClose}
    >
      <Loaded query={query}>{(view) => <Details of={view} />}</Loaded>
    </DetailDrawer>
  );
}

function Actions({ of }: { of: AlertView }) {
  const w = useWords(alertWords);
  const { login } = useSession();
  const [ending, setEnding] = useState(false);
  const act = useAct({
    run: (id: string, headers) =>
      take(api.POST("/alerts/{id}/take", { params: { path: { id } }, headers })),
    done: w("taken_done"),
    refresh: [["alerts"]],
  });
  if (!of.may_handle || of.state.key === "resolved") return null;
  const mine = of.taken_by && [login.employee_id, login.id].includes(of.taken_by.id);
  return (
    <Space>
      {!mine && (
        <Button loading={act.isPending} onClick={() => act.mutate(of.id)}>
          {w(of.taken_by ? "take_over" : "take")}
        </Button>
      )}
      {(mine || !of.taken_by) && (
        <Button type="primary" onClick={() => setEnding(true)}>
          {w("resolve")}
        </Button>
      )}
      {ending && <ResolveDialog of={of} onClose={() => setEnding(false)} />}
    </Space>
  );
}

function Details({ of }: { of: AlertView }) {
  const w = useWords(alertWords);
  const language = useLanguage();
  return (
    <>
      <p className={styles.sentence}>{of[language]}</p>
      <Facts of={useFacts(of)} />
      {of.attempts.length > 0 && (
        <section>
          <h2 className={styles.part}>{w("attempts")}</h2>
          <p className={styles.fine}>{w("attempts_note")}</p>
          <ul className={styles.attempts}>
            {of.attempts.map((one, at) => (
              <li key={`${one.at} ${at}`}>
                <MomentText of={one.at} />
                <span className={styles.grow}>{one.act[language]}</span>
                {one.permission[language] !== one.act[language] && (
                  <span className={styles.fine}>{one.permission[language]}</span>
                )}
                {one.in_handover && <StatusTag tone="warn">{w("in_handover")}</StatusTag>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <h2 className={styles.part}>{w("history")}</h2>
      <RecordHistory queryKey={["alerts", of.id]} load={historyOf(of.subject)} />
    </>
  );
}

function useFacts(of: AlertView): Fact[] {
  const w = useWords(alertWords);
  const language = useLanguage();
  const { ending } = of;
  const facts: Fact[] = [
    {
      label: w("severity"),
      value: <StatusTag tone={severityTone(of)}>{of.severity[language]}</StatusTag>,
    },
    { label: w("state"), value: <StatusTag tone={stateTone(of)}>{of.state[language]}</StatusTag> },
    { label: w("times"), value: of.times },
    { label: w("first_at"), value: <MomentText of={of.first_at} /> },
    { label: w("last_at"), value: <MomentText of={of.last_at} /> },
    { label: w("taken_by"), value: of.taken_by?.name ?? "—" },
  ];
  if (ending) {
    facts.push(
      { label: w("ended_by"), value: ending.by.name },
      { label: w("ended_at"), value: <MomentText of={ending.at} /> },
      { label: w("conclusion"), value: ending.conclusion?.[language] ?? "—" },
      { label: w("note_field"), value: ending.note, wide: true },
    );
  }
  return facts;
}
