/** Handover plans, the newest first 交接方案列表. */
import { Link } from "react-router";
import { useCan, useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import type { Say } from "@/lib/words";
import { DayText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import type { Column } from "@/ui/list/column";
import type { Filter } from "@/ui/list/filter";
import { ListPage } from "@/ui/list/ListPage";
import { StatusTag, type Tone } from "@/ui/StatusTag";
import { listPlans, type PlanItem, type PlanState } from "./calls";
import { handoverWords } from "./words";

type W = Say<typeof handoverWords>;

const planTones: Readonly<Record<PlanState, Tone>> = {
  draft: "plain",
  submitted: "busy",
  approved: "busy",
  executed: "good",
  cancelled: "plain",
};

const columns = (w: W): Column<PlanItem>[] => [
  {
    key: "number",
    title: w("number"),
    cell: ({ id, number, reverses_id }) => (
      <>
        <Link to={`/plans/${id}`}>{number}</Link>{" "}
        {reverses_id && <StatusTag tone="plain">{w("reverse_plan")}</StatusTag>}
      </>
    ),
    card: "title",
  },
  {
    key: "from",
    title: w("from"),
    cell: ({ from, reverses_id }) => {
      const name = `${from.name} ${from.number}`;
      return reverses_id ? w("back_to", { name }) : name;
    },
  },
  {
    key: "state",
    title: w("state"),
    cell: ({ state }) => <StatusTag tone={planTones[state]}>{w(state)}</StatusTag>,
    card: "tag",
  },
  {
    key: "day",
    title: w("effective_on"),
    cell: ({ effective_on }) => <DayText of={effective_on} distance />,
  },
  { key: "customers", title: w("customers"), cell: ({ customers }) => customers, align: "right" },
  {
    key: "unassigned",
    title: w("unassigned"),
    cell: ({ unassigned }) =>
      unassigned > 0 ? <StatusTag tone="warn">{unassigned}</StatusTag> : 0,
    align: "right",
  },
];

function filters(w: W, receives: boolean): Filter[] {
  const states = ["draft", "submitted", "approved", "executed", "cancelled"] as const;
  const choices = states.map((value) => ({ value, label: w(value) }));
  const mine: Filter = {
    kind: "choice",
    key: "mine",
    label: w("mine"),
    choices: [{ value: "1", label: w("mine_only") }],
  };
  const state: Filter = { kind: "choice", key: "state", label: w("state"), choices };
  return receives ? [state, mine] : [state];
}

export function Component() {
  const w = useWords(handoverWords);
  const { login } = useSession();
  const plans = useCan()("handover.plan");
  const next = plans && <Link to="/departures">{w("to_departures")}</Link>;
  return (
    <ListPage<PlanItem>
      title={w("plans")}
      note={w("plans_note")}
      queryKey={["plans"]}
      load={listPlans}
      columns={columns(w)}
      rowKey={({ id }) => id}
      filters={filters(w, Boolean(login.employee_id))}
      empty={<EmptyState title={w("none")} why={w(plans ? "none_why" : "none_own")} next={next} />}
    />
  );
}
