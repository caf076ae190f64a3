/** What waits for me, and what I have done 待办列表. */
import { Link } from "react-router";
import { useCan, useSession } from "@/api/session";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { placeOf } from "@/lib/place";
import { addressOf } from "@/lib/subject";
import type { Language, Say } from "@/lib/words";
import { MomentText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import type { Column } from "@/ui/list/column";
import type { Filter } from "@/ui/list/filter";
import { ListPage } from "@/ui/list/ListPage";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ConfirmationWaits } from "@/ui/record/ConfirmationWaits";
import { SigningWaits } from "@/ui/record/SigningWaits";
import { StatusTag } from "@/ui/StatusTag";
import styles from "./approval.module.css";
import { listTasks, type TaskItem } from "./calls";
import { approvalWords } from "./words";

type W = Say<typeof approvalWords>;

const kinds = ["approve", "task", "cc", "fix"] as const;

function Kind({ of, w }: { of: string; w: W }) {
  const kind = kinds.find((one) => one === of);
  return <StatusTag tone="plain">{kind ? w(`kind_${kind}`) : of}</StatusTag>;
}

function Due({ of, w }: { of: TaskItem; w: W }) {
  if (!of.due_at) return "—";
  return (
    <>
      {formatMoment(of.due_at)}{" "}
      {of.overdue && <StatusTag tone="bad">{w("overdue")}</StatusTag>}
    </>
  );
}

const columns = (w: W, language: Language): Column<TaskItem>[] => [
  {
    key: "title",
    title: w("step"),
    cell: (row) => (
      <>
        <Link to={placeOf(row)}>{(language === "en" && row.title_en) || row.title}</Link>
        {row[`came_${language}`] && <p className={styles.fine}>{row[`came_${language}`]}</p>}
      </>
    ),
    card: "title",
  },
  { key: "kind", title: w("kind"), cell: ({ kind }) => <Kind of={kind} w={w} />, card: "tag" },
  {
    key: "case",
    title: w("case"),
    cell: (row) => {
      const address = addressOf(row.subject);
      const title = language === "zh" ? row.case_title : row.case_title_en;
      return address ? <Link to={address}>{title}</Link> : title;
    },
  },
  {
    key: "holder",
    title: w("holder"),
    cell: ({ holder, stand_in }) => (
      <>
        {language === "zh" ? holder.name : holder.name_en}{" "}
        {stand_in && <StatusTag tone="busy">{w("stand_in")}</StatusTag>}
      </>
    ),
  },
  { key: "opened", title: w("opened_at"), cell: (row) => <MomentText of={row.opened_at} /> },
  { key: "due", title: w("due_at"), cell: (row) => <Due of={row} w={w} /> },
  {
    key: "go",
    title: w("action"),
    cell: (row) => <Link to={placeOf(row)}>{w(row.state === "open" ? "handle" : "look")}</Link>,
    card: "hidden",
  },
];

const filters = (w: W): Filter[] => [
  {
    kind: "choice",
    key: "state",
    label: w("state"),
    choices: [
      { value: "open", label: w("open") },
      { value: "done", label: w("done") },
    ],
  },
];

/**
 * Administrators have no tasks, nor has who is no employee; asking for them would only be refused.
 */
export function Component() {
  const w = useWords(approvalWords);
  const { login } = useSession();
  const may = useCan()("approval.act");
  if (login.employee_id && may) return <Tasks />;
  const home = <Link to="/">{w("to_desk")}</Link>;
  const { number } = login;
  const why = may ? w("no_employee_why", { number }) : w("no_tasks_ever_why");
  return (
    <>
      <PageHeader title={w("tasks")} />
      <Panel>
        <EmptyState title={w(may ? "no_employee" : "no_tasks_ever")} why={why} next={home} />
      </Panel>
    </>
  );
}

function Tasks() {
  const w = useWords(approvalWords);
  const home = <Link to="/">{w("to_desk")}</Link>;
  return (
    <ListPage<TaskItem>
      title={w("tasks")}
      note={w("tasks_note")}
      lead={
        <>
          <ConfirmationWaits />
          <SigningWaits />
        </>
      }
      queryKey={["tasks"]}
      load={listTasks}
      columns={columns(w, useLanguage())}
      rowKey={({ case_id, item }) => `${case_id} ${item}`}
      filters={filters(w)}
      empty={<EmptyState title={w("nothing")} why={w("nothing_why")} next={home} />}
    />
  );
}
