/** What the person looking may do with the plan as it stands 方案办理. */
import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { forecastQuery } from "@/api/forecast";
import { useCan, useSession } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { formatMoney } from "@/lib/money";
import { clauses } from "@/lib/marks";
import type { Say } from "@/lib/words";
import { ReasonDialog } from "@/ui/ReasonDialog";
import { StatusTag } from "@/ui/StatusTag";
import { useAct, type Once } from "@/ui/useAct";
import { keepFocus } from "@/ui/useFocusBack";
import { contractsIn, movesPay } from "./assigning";
import { steps, type PlanView, type Step } from "./calls";
import styles from "./handover.module.css";
import { ownAnswer, whoLacks } from "./own";
import { handoverWords } from "./words";

type Steps = typeof steps;
type Given<Verb extends keyof Steps> = Parameters<Steps[Verb]>[2];
type Came<Verb extends keyof Steps> = Awaited<ReturnType<Steps[Verb]>>;

export function usePlan<Verb extends keyof Steps>(
  of: PlanView,
  verb: Verb,
  done: string | undefined | ((given: Given<Verb>) => string),
  onDone?: (output: Came<Verb>) => void,
) {
  const run = steps[verb] as (
    id: string,
    headers: Once,
    body: Given<Verb>,
  ) => Promise<Came<Verb>>;
  return useAct({
    run: (body: Given<Verb>, headers) => run(of.id, headers, body),
    done,
    refresh: [["plans"], ["departures"], ["tasks"]],
    onDone,
  });
}

/** Steps of whoever may plan this handover; whoever may take none of them may not try it out. */
const plans: readonly string[] = ["withdraw", "execute", "cancel"];

export function PlanActions({ of }: { of: PlanView }) {
  const may = (step: Step) => of.may.includes(step);
  const rehearses = useCan()("handover.plan") && of.may.some((step) => plans.includes(step));
  return (
    <>
      {may("decline") && <Answering of={of} accepts={may("answer")} />}
      {rehearses && ["submitted", "approved"].includes(of.state) && <Rehearse of={of} />}
      {may("submit") && <Sure of={of} verb="submit" done="submitted_ok" />}
      {may("approve") && <Sure of={of} verb="approve" done="approved_ok" />}
      {may("execute") && <Sure of={of} verb="execute" done="executed_ok" />}
      {may("remainder") && <Another of={of} verb="remainder" />}
      {may("reverse") && <Another of={of} verb="reverse" />}
      {may("withdraw") && <WithReason of={of} verb="withdraw" />}
      {may("cancel") && <WithReason of={of} verb="cancel" />}
    </>
  );
}

type SureProps = {
  of: PlanView;
  verb: "submit" | "approve" | "execute";
  done: "submitted_ok" | "approved_ok" | "executed_ok";
};

/**
 * The forecast that is on the screen, for whoever agrees upon it. Agreeing waits until it is there;
 * whoever may not read commission agrees without one.
 */
function useForecast(of: PlanView): { waits: boolean; forecast?: string } {
  const reads = useCan()("commission.read") && movesPay(of);
  const { data, isFetching } = useQuery({
    ...forecastQuery(of.id, of.version),
    enabled: reads,
  });
  return { waits: reads && isFetching, ...(data?.digest && { forecast: data.digest }) };
}

/** A step that is asked about once more before it is taken. */
function Sure({ of, verb, done }: SureProps) {
  const w = useWords(handoverWords);
  const { modal } = App.useApp();
  const act = usePlan(of, verb, w(done));
  const { waits, forecast } = useForecast(of);
  const seen = { version: of.version, ...(verb === "approve" && forecast && { forecast }) };
  const body = verb === "execute" ? undefined : seen;
  const lacks = verb === "approve" ? whoLacks(of.acceptances, w) : [];
  const blocked =
    lacks.length > 0 || (verb !== "execute" && of.conflicts.some(({ blocks }) => blocks));
  const ask = () =>
    modal.confirm({
      title: w(`${verb}_title`),
      content: w(`${verb}_means`),
      okText: w(verb),
      cancelText: w("cancel"),
      afterClose: keepFocus(),
      onOk: () => act.mutateAsync(body).catch(() => undefined),
    });
  return (
    <>
      {lacks.length > 0 && <span className={styles.answered}>{clauses(lacks)}</span>}
      <Button
        type="primary"
        disabled={blocked || (verb === "approve" && waits)}
        loading={act.isPending}
        onClick={() => void ask()}
      >
        {w(verb)}
      </Button>
    </>
  );
}

/**
 * Taking customers over binds, so it is asked about; who has answered may still change it, and who
 * leaves can only decline.
 */
function Answering({ of, accepts }: { of: PlanView; accepts: boolean }) {
  const w = useWords(handoverWords);
  const { modal } = App.useApp();
  const { login } = useSession();
  const [declining, setDeclining] = useState(false);
  const accept = usePlan(of, "answer", w("accepted_ok"));
  const decline = usePlan(of, "answer", w("declined_ok"));
  const { waits, forecast } = useForecast(of);
  const { version } = of;
  const said = ownAnswer(of.acceptances, login.employee_id);
  const ask = () =>
    modal.confirm({
      ...sureOf(of, login.employee_id, w),
      okText: w("accept"),
      cancelText: w("cancel"),
      afterClose: keepFocus(),
      onOk: () =>
        accept
          .mutateAsync({ version, accept: true, ...(forecast && { forecast }) })
          .catch(() => undefined),
    });
  return (
    <>
      {said && (
        <span className={styles.answered}>
          <StatusTag tone={said === "accepted" ? "good" : "bad"}>{w(`you_${said}`)}</StatusTag>
        </span>
      )}
      {accepts && said !== "accepted" && (
        <Button
          type={said ? "default" : "primary"}
          disabled={waits}
          loading={accept.isPending}
          onClick={() => void ask()}
        >
          {w(said ? "accept_instead" : "accept")}
        </Button>
      )}
      {said !== "declined" && (
        <Button danger={!said} onClick={() => setDeclining(true)}>
          {w(said ? "decline_instead" : "decline")}
        </Button>
      )}
      <ReasonDialog
        open={declining}
        title={w("decline")}
        danger
        onConfirm={(reason) => decline.mutateAsync({ version, accept: false, reason })}
        onClose={() => setDeclining(false)}
      >
        <p>{w("decline_means")}</p>
      </ReasonDialog>
    </>
  );
}

/** What one agrees to, and from which day. */
function sureOf(of: PlanView, me: string | null | undefined, w: Say<typeof handoverWords>) {
  const share = of.preview.shares.find(({ successor }) => successor.id === me);
  const means = of.terms.length > 0 ? "accept_means_terms" : "accept_means";
  return {
    title: sureTitle(share?.moves ?? of.preview.total, w),
    content: w(means, { day: of.effective_on }),
  };
}

/** How many customers and contracts, or things where there are neither. */
function sureTitle(moves: PlanView["preview"]["total"], w: Say<typeof handoverWords>) {
  const { customers: count, items } = moves;
  const contracts = contractsIn(moves);
  if (count > 0 && contracts > 0) return w("accept_title_both", { count, contracts });
  if (count > 0) return w("accept_title", { count });
  if (contracts > 0) return w("accept_title_contracts", { contracts });
  return w("accept_title_things", { count: items });
}

function Rehearse({ of }: { of: PlanView }) {
  const w = useWords(handoverWords);
  const zh = useLanguage() === "zh";
  const { modal } = App.useApp();
  const act = usePlan(of, "rehearse", undefined, (found) => {
    const { customers, things, receivable_open, already, gone, pending } = found;
    const money = formatMoney(receivable_open);
    modal.info({
      title: w("rehearse_title"),
      content: (
        <>
          <p>{w("would_move", { customers, things, money })}</p>
          {already > 0 && <p>{w("already", { count: already })}</p>}
          {gone > 0 && <p>{w("would_skip", { gone })}</p>}
          {pending.length > 0 && (
            <>
              <p>{w("would_pass_on", { count: pending.length })}</p>
              <ul>
                {pending.map((one) => (
                  <li key={`${one.case_id} ${one.item}`}>
                    {zh ? one.case_title : one.case_title_en} · {zh ? one.task : one.task_en} →{" "}
                    {zh ? one.to_name : one.to_name_en}
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      ),
    });
  });
  return (
    <Button loading={act.isPending} onClick={() => act.mutate(undefined)}>
      {w("rehearse")}
    </Button>
  );
}

/** Each draws up another plan and goes there. */
const another = {
  remainder: { title: "remainder", means: "remainder_means", done: "remainder_ok" },
  reverse: { title: "reverse", means: "reverse_means", done: "reversed_ok" },
} as const;

function Another({ of, verb }: { of: PlanView; verb: keyof typeof another }) {
  const w = useWords(handoverWords);
  const { modal } = App.useApp();
  const navigate = useNavigate();
  const { title, means, done } = another[verb];
  const act = usePlan(of, verb, w(done), ({ id }) => {
    if (id) void navigate(`/plans/${id}`);
  });
  const ask = () =>
    modal.confirm({
      title: w(title),
      content: w(means),
      okText: w(title),
      cancelText: w("cancel"),
      onOk: () => act.mutateAsync({}).catch(() => undefined),
    });
  return <Button onClick={() => void ask()}>{w(title)}</Button>;
}

/** Steps back, which ask for a reason. */
const withReason = {
  withdraw: { title: "withdraw_plan", means: "withdraw_means", done: "withdrawn_ok" },
  cancel: { title: "cancel_plan", means: "cancel_means", done: "cancelled_ok" },
} as const;

function WithReason({ of, verb }: { of: PlanView; verb: keyof typeof withReason }) {
  const w = useWords(handoverWords);
  const [asking, setAsking] = useState(false);
  const { title, means, done } = withReason[verb];
  const act = usePlan(of, verb, w(done));
  return (
    <>
      <Button danger={verb === "cancel"} onClick={() => setAsking(true)}>
        {w(title)}
      </Button>
      <ReasonDialog
        open={asking}
        title={w(title)}
        danger={verb === "cancel"}
        onConfirm={(reason) => act.mutateAsync({ reason })}
        onClose={() => setAsking(false)}
      >
        <p>{w(means)}</p>
      </ReasonDialog>
    </>
  );
}
