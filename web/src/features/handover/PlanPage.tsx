/** One plan: what moves, to whom, what stands in the way, who agreed 交接方案页. */
import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { lazy, Suspense } from "react";
import { useParams } from "react-router";
import { historyOf } from "@/api/history";
import { useCan, useSession } from "@/api/session";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { DayText } from "@/ui/DayText";
import { Figures } from "@/ui/Figures";
import { ForecastPanel } from "@/ui/forecast/ForecastPanel";
import { Loaded } from "@/ui/Loaded";
import { Money } from "@/ui/Money";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { RecordHistory } from "@/ui/record/RecordHistory";
import { StatusTag } from "@/ui/StatusTag";
import { movesPay } from "./assigning";
import { planQuery, type Conflict, type PlanView } from "./calls";
import { Due } from "./Due";
import { dueOf } from "./whenDue";
import { Executed } from "./Executed";
import styles from "./handover.module.css";
import { PlanActions } from "./PlanActions";
import { PlanEditor } from "./PlanEditor";
import { TermsPanel } from "./TermsPanel";
import { Undoing } from "./Undoing";
import { handoverWords } from "./words";

/** How often a plan is asked for while the system executes it. */
const LOOK_AGAIN = 4_000;

export function Component() {
  const { id = "" } = useParams();
  const { today } = useSession();
  const query = useQuery({
    ...planQuery(id),
    refetchInterval: ({ state: { data } }) =>
      data && dueOf(data, today) === "now" ? LOOK_AGAIN : false,
  });
  return <Loaded whole query={query}>{(plan) => <Page of={plan} />}</Loaded>;
}

const PlanPapers = lazy(async () => {
  const { PlanPapers } = await import("./PlanPapers");
  return { default: PlanPapers };
});

function Page({ of }: { of: PlanView }) {
  const w = useWords(handoverWords);
  const can = useCan();
  const { total, unassigned } = of.preview;
  const leads = of.departure_id
    ? [
        { label: w("departures"), to: "/departures" },
        { label: of.from?.name ?? "", to: `/departures/${of.departure_id}` },
      ]
    : [{ label: w("plans"), to: "/plans" }];
  return (
    <>
      <PageHeader
        title={w(of.reverses_id ? "title_back" : "title", { name: of.from?.name ?? "" })}
        trail={leads}
        tags={<StatusTag tone={of.state === "executed" ? "good" : "busy"}>{w(of.state)}</StatusTag>}
        note={
          <>
            {of.number} · {w("effective_on")} <DayText of={of.effective_on} distance />
          </>
        }
        actions={<PlanActions of={of} />}
      />
      {!of.whole && <Alert type="info" showIcon title={w("own_share")} className={styles.note} />}
      <Undoing of={of} />
      <Executed of={of} />
      <Panel>
        <Figures
          of={[
            { label: w("customers"), value: total.customers },
            { label: w("things"), value: total.items },
            { label: w("receivable"), value: <Money of={total.receivable_open} /> },
            { label: w("overdue"), value: <Money of={total.overdue} />, tone: "bad" },
            { label: w("opportunities"), value: <Money of={total.opportunity_amount} /> },
            {
              label: w("unassigned"),
              value: unassigned.items,
              ...(unassigned.items > 0 && { tone: "bad" as const }),
            },
          ]}
        />
      </Panel>
      {of.whole && <Due of={of} />}
      {of.whole && planned(of) && (
        <Conflicts of={of.conflicts} draft={of.state === "draft"} />
      )}
      {of.acceptances.length > 0 && of.state !== "draft" && <Answers plan={of} />}
      {(of.terms.length > 0 || of.may.includes("edit")) && <TermsPanel of={of} />}
      {movesPay(of) && <ForecastPanel plan={of.id} version={of.version} />}
      <PlanEditor of={of} />
      {of.whole && can("document.issue") && (
        <Suspense>
          <PlanPapers plan={of.id} />
        </Suspense>
      )}
      {of.whole && (
        <Panel title={w("history")}>
          <RecordHistory queryKey={["plans", of.id, of.state]} load={historyOf(`plan/${of.id}`)} />
        </Panel>
      )}
    </>
  );
}

/** Whether the caller may still do something about what stands in the way. */
function planned({ may }: PlanView): boolean {
  return may.includes("edit") || may.includes("cancel");
}

function Conflicts({ of, draft }: { of: readonly Conflict[]; draft: boolean }) {
  const w = useWords(handoverWords);
  const language = useLanguage();
  if (of.length === 0) {
    // Nothing is left to say where it was submitted already.
    if (!draft) return null;
    return <Alert type="success" showIcon title={w("no_conflicts")} className={styles.note} />;
  }
  const inOrder = [...of].sort((a, b) => Number(b.blocks) - Number(a.blocks));
  return (
    <Panel title={w("conflicts")}>
      <ul className={styles.plain}>
        {inOrder.map((conflict) => (
          <li key={`${conflict.kind} ${conflict.person?.id ?? ""}`}>
            <StatusTag tone={conflict.blocks ? "bad" : "warn"}>
              {w(conflict.blocks ? "blocks" : "warns")}
            </StatusTag>
            <span>{conflict[language]}</span>
            <span className={styles.fine}>
              {language === "zh" ? conflict.remedy : conflict.remedy_en}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const tones = { waiting: "busy", outdated: "warn", accepted: "good", declined: "bad" } as const;

function Standing({ of, over }: { of: string; over: boolean }) {
  const w = useWords(handoverWords);
  // Nobody is waited for any more once the plan was given up or is done.
  if (over && of !== "accepted" && of !== "declined") {
    return <StatusTag tone="plain">{w("unanswered")}</StatusTag>;
  }
  const known = of in tones ? (of as keyof typeof tones) : "waiting";
  return <StatusTag tone={tones[known]}>{w(known)}</StatusTag>;
}

function Answers({ plan }: { plan: PlanView }) {
  const w = useWords(handoverWords);
  const over = plan.state === "cancelled" || plan.state === "executed";
  return (
    <Panel title={w("acceptances")}>
      <ul className={styles.plain}>
        {plan.acceptances.map(({ successor, standing, reason, at }) => (
          <li key={successor.id}>
            <strong>{successor.name}</strong>
            <Standing of={standing} over={over} />
            {reason && <span>{reason}</span>}
            {at && <span className={styles.fine}>{formatMoment(at)}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
