/** One departure: its dates, tasks, gates, plans, and what happened 离职详情页. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { historyOf } from "@/api/history";
import { useCan } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { Citation } from "@/ui/Citation";
import { DayText } from "@/ui/DayText";
import { Facts } from "@/ui/Facts";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { RecordHistory } from "@/ui/record/RecordHistory";
import { ReasonDialog } from "@/ui/ReasonDialog";
import { StatusTag } from "@/ui/StatusTag";
import { StepProgress, type StepState } from "@/ui/StepProgress";
import { useAct } from "@/ui/useAct";
import {
  departureQuery,
  drawPlan,
  drawRemainder,
  verbs,
  type DepartureView,
  type Gate,
} from "./calls";
import { DatesPreview, Duties } from "./DatesPreview";
import { DepartureAlerts } from "./DepartureAlerts";
import { Actions } from "./Actions";
import { Commission } from "./Commission";
import styles from "./departure.module.css";
import { Papers } from "./Papers";
import { Process } from "./Process";
import { isWithdrawn, stages } from "./stages";
import { departureWords } from "./words";

export function Component() {
  const { id = "" } = useParams();
  const query = useQuery(departureQuery(id));
  return <Loaded whole query={query}>{(found) => <Page of={found} />}</Loaded>;
}

function Page({ of }: { of: DepartureView }) {
  const w = useWords(departureWords);
  const language = useLanguage();
  const can = useCan();
  const navigate = useNavigate();
  // Nobody leaves, so nothing has to be done before he may.
  const withdrawn = isWithdrawn(of);
  return (
    <>
      <PageHeader
        title={w("of", { name: of.employee.name })}
        trail={[{ label: w("departures"), to: "/departures" }]}
        tags={
          <StatusTag tone={of.closed_at || withdrawn ? "plain" : "busy"}>
            {of.stage[language]}
          </StatusTag>
        }
        note={`${of.number} · ${of.kind[language]}`}
        actions={
          <>
            {can("bundle.export") && (
              <Button onClick={() => void navigate(`/departures/${of.id}/bundle`)}>
                {w("bundle")}
              </Button>
            )}
            <Actions of={of} />
          </>
        }
      />
      <Panel>
        <Progress of={of} />
      </Panel>
      <DepartureAlerts id={of.id} employee={of.employee.id} />
      <Panel title={w("three_clocks")}>
        <DatesPreview folded of={of.dates} unknown={of.unknown_years} />
      </Panel>
      {withdrawn ? (
        <Panel title={w("process")}>
          <Process of={of} />
        </Panel>
      ) : (
        <div className={styles.halves}>
          <Panel title={w("process")}>
            <Process of={of} />
          </Panel>
          <Gates of={of} />
        </div>
      )}
      <Plans of={of} />
      <Commission departure={of.id} />
      <Papers departure={of.id} />
      {!withdrawn && (
        <Panel title={w("duties")}>
          <Duties of={of.duties} />
        </Panel>
      )}
      <Panel>
        <About of={of} />
      </Panel>
      <Panel title={w("history")}>
        <RecordHistory queryKey={["departures", of.id]} load={historyOf(of.subject)} />
      </Panel>
    </>
  );
}

function Progress({ of }: { of: DepartureView }) {
  const w = useWords(departureWords);
  const now = stages.findIndex((stage) => stage === of.stage.key);
  const stopped = isWithdrawn(of);
  const stateAt = (at: number): StepState => {
    if (stopped) return "stopped";
    if (at < now || of.stage.key === "closed") return "done";
    return at === now ? "current" : "waiting";
  };
  return (
    <StepProgress
      label={w("progress")}
      of={stages.map((stage, at) => ({
        key: stage,
        title: w(`stage_${stage}`),
        state: stateAt(at),
      }))}
    />
  );
}

function Gates({ of }: { of: DepartureView }) {
  const w = useWords(departureWords);
  return (
    <Panel title={w("gates")}>
      <p className={styles.fine}>{w("gates_note")}</p>
      <ul className={styles.gates}>
        {of.gates.map((gate) => (
          <OneGate key={gate.key} id={of.id} of={gate} open={!of.closed_at} />
        ))}
      </ul>
    </Panel>
  );
}

const gateTones = { green: "good", red: "bad", waived: "plain" } as const;

function OneGate({ id, of, open }: { id: string; of: Gate; open: boolean }) {
  const w = useWords(departureWords);
  const language = useLanguage();
  const can = useCan();
  const [waiving, setWaiving] = useState(false);
  const waive = useAct({
    run: (reason: string, headers) =>
      verbs.waive(id, headers, { gate: of.key, reason }),
    done: w("waived"),
    refresh: [["departures"], ["tasks"]],
    inline: true,
  });
  const state = of.state in gateTones ? (of.state as keyof typeof gateTones) : "red";
  const note = language === "zh" ? of.legal_note : of.legal_note_en;
  const named = of.missing.slice(0, 3).map((one) => one[language]);
  return (
    <li>
      <p className={styles.gateHead}>
        <strong>{of[language]}</strong>
        <StatusTag tone={gateTones[state]}>{w(`gate_${state}`)}</StatusTag>
        {open && of.state === "red" && of.may_be_waived && can("departure.run") && (
          <Button type="link" size="small" onClick={() => setWaiving(true)}>
            {w("waive")}
          </Button>
        )}
      </p>
      {named.length > 0 && (
        <p>
          {named.join(language === "zh" ? "、" : " ")}
          {of.missing_count > named.length && (
            <span className={styles.fine}> {w("missing_more", { count: of.missing_count })}</span>
          )}
        </p>
      )}
      {named.length === 0 && of.state === "red" && of.missing_count > 0 && (
        <p className={styles.fine}>{w("missing_unnamed", { count: of.missing_count })}</p>
      )}
      {of.waived_because && <p>{of.waived_because}</p>}
      {note && of.state === "red" && <p className={styles.fine}>{note}</p>}
      <ReasonDialog
        open={waiving}
        title={w("waive_of", { gate: of[language] })}
        onConfirm={(reason) => waive.mutateAsync(reason)}
        onClose={() => setWaiving(false)}
      >
        <p>{w("waive_means")}</p>
      </ReasonDialog>
    </li>
  );
}

const planStates = ["draft", "submitted", "approved", "executed", "cancelled"] as const;

function Plans({ of }: { of: DepartureView }) {
  const w = useWords(departureWords);
  const can = useCan();
  const navigate = useNavigate();
  const draw = useAct({
    run: (from: string, headers) =>
      drawPlan(headers, { from, departure_id: of.id }),
    done: w("plan_drawn"),
    refresh: [["departures"], ["plans"]],
    onDone: ({ id }) => void (id && navigate(`/plans/${id}`)),
  });
  const more = useAct({
    run: (plan: string, headers) => drawRemainder(plan, headers),
    done: w("plan_drawn"),
    refresh: [["departures"], ["plans"]],
    onDone: ({ id }) => void (id && navigate(`/plans/${id}`)),
  });
  // What gives something back lists what others hold, and stands in the way of no plan of his.
  const own = of.plans.filter(({ reverses }) => !reverses);
  const open = own.some(({ state }) => ["draft", "submitted", "approved"].includes(state));
  const executed = own.find(({ state }) => state === "executed");
  const plans = can("handover.plan") && !of.closed_at && !isWithdrawn(of) && !open;
  const later = plans && executed && (
    <Button loading={more.isPending} onClick={() => more.mutate(executed.id)}>
      {w("draw_remainder")}
    </Button>
  );
  const first = plans && (
    <Button type="primary" loading={draw.isPending} onClick={() => draw.mutate(of.employee.id)}>
      {w("draw_plan")}
    </Button>
  );
  const button = later || first;
  return (
    <Panel title={w("plans")} extra={button}>
      {of.plans.length === 0 && <p className={styles.fine}>{w("no_plans")}</p>}
      <ul className={styles.rows}>
        {of.plans.map((plan) => {
          const state = planStates.find((one) => one === plan.state);
          return (
            <li key={plan.id}>
              <Link to={`/plans/${plan.id}`} className={styles.grow}>
                {plan.number}
              </Link>
              {plan.reverses && <StatusTag tone="plain">{w("plan_back")}</StatusTag>}
              <span>
                {w("effective_on")} <DayText of={plan.effective_on} />
              </span>
              <StatusTag tone={plan.state === "executed" ? "good" : "busy"}>
                {state ? w(`plan_${state}`) : plan.state}
              </StatusTag>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function About({ of }: { of: DepartureView }) {
  const w = useWords(departureWords);
  const language = useLanguage();
  return (
    <Facts
      of={[
        {
          label: w("employee"),
          value: (
            <Link to={`/employees/${of.employee.id}`}>
              {of.employee.name} {of.employee.number}
            </Link>
          ),
        },
        { label: w("department"), value: of.department },
        { label: w("filed_on"), value: <DayText of={of.filed_on} /> },
        { label: w("filed_by"), value: of.filed_by?.name ?? "—" },
        ...(of.reason ? [{ label: w("own_reason"), value: of.reason }] : []),
        ...(of.case_id
          ? [
              {
                label: w("case"),
                value: <Link to={`/cases/${of.case_id}`}>{w("see_case")}</Link>,
              },
            ]
          : []),
        {
          label: w("basis"),
          value: (
            <>
              <Citation of={of.kind.basis} /> {of.kind[`note_${language}`]}
            </>
          ),
          wide: true,
        },
      ]}
    />
  );
}
