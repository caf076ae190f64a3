/** What matters to this person today, by what they may do 工作台页. */
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useCan, useSession } from "@/api/session";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { listed } from "@/lib/marks";
import { placeOf } from "@/lib/place";
import { Loaded } from "@/ui/Loaded";
import { Money } from "@/ui/Money";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { EmptyState } from "@/ui/EmptyState";
import { ConfirmationWaits } from "@/ui/record/ConfirmationWaits";
import { SigningRefusals, SigningWaits } from "@/ui/record/SigningWaits";
import { StatusTag } from "@/ui/StatusTag";
import {
  alertsQuery,
  customersQuery,
  departuresQuery,
  draftsQuery,
  leavingQuery,
  missedQuery,
  owedQuery,
  plansQuery,
  tasksQuery,
  type Owed,
  type Plan,
} from "./calls";
import styles from "./desk.module.css";
import { First } from "./First";
import { Headline } from "./Headline";
import { deskWords } from "./words";

/** Lines of each panel; the pages behind them have the rest. */
const SHOWN = 6;

export function Component() {
  const w = useWords(deskWords);
  const can = useCan();
  const language = useLanguage();
  const { login, roles, permissions, today } = useSession();
  const person = Boolean(login.employee_id);
  const names = roles.map((role) => role[language]).join(language === "zh" ? "、" : ", ");
  const wide = permissions["receivable.read"];
  return (
    <>
      <PageHeader
        title={w("greeting", { name: login.name })}
        place={w("title")}
        note={[w("today", { day: today }), names].filter(Boolean).join(" · ")}
      />
      {roles.length === 0 && (
        <Panel>
          <EmptyState title={w("no_role")} why={w("no_role_why")} />
        </Panel>
      )}
      <Headline />
      <div className={styles.desk}>
        <First />
        {person && <SigningWaits />}
        <SigningRefusals />
        {person && <ConfirmationWaits />}
        {person && can("approval.act") && <Tasks />}
        {can("handover.plan") && <Missed />}
        {can("handover.plan") && <Leaving />}
        {person && can("handover.read") && <Drafts />}
        {person && can("handover.accept") && <Plans />}
        {can("departure.read") && <Departures />}
        {login.employee_id && can("customer.write") && <Customers owner={login.employee_id} />}
        {can("alert.read") && <Alerts />}
        {wide && wide !== "own" && <Debts />}
        <Ways />
      </div>
    </>
  );
}

/** Where people without business of their own begin. */
function Ways() {
  const w = useWords(deskWords);
  const can = useCan();
  const ways = [
    { to: "/evidence/log", label: w("to_evidence"), may: can("evidence.audit") },
    { to: "/system/logins", label: w("to_logins"), may: can("login.manage") },
    { to: "/system/roles", label: w("to_roles"), may: can("system.read") },
    { to: "/system/state", label: w("to_state"), may: can("system.manage") },
    { to: "/system/jobs", label: w("to_jobs"), may: can("system.manage") },
    { to: "/system/calendar", label: w("to_calendar"), may: can("system.read") },
    { to: "/imports", label: w("to_imports"), may: can("import.run") },
    { to: "/employees", label: w("to_people"), may: can("people.write") },
    { to: "/departures/new", label: w("to_file"), may: can("departure.run") },
  ].filter(({ may }) => may);
  if (ways.length === 0) return null;
  return (
    <Panel title={w("ways")}>
      <ul className={styles.rows}>
        {ways.map(({ to, label }) => (
          <li key={to}>
            <Link to={to}>{label}</Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

type ShortProps<Found, Row> = {
  title: string;
  more?: ReactNode;
  none: string;
  query: UseQueryResult<Found>;
  rows: (found: Found) => readonly Row[];
  line: (row: Row) => ReactNode;
};

/** The first lines of a list. */
function Short<Found, Row>({ title, more, none, query, rows, line }: ShortProps<Found, Row>) {
  return (
    <Panel title={title} extra={more}>
      <Loaded query={query}>
        {(found) => {
          const shown = rows(found).slice(0, SHOWN);
          return shown.length === 0 ? (
            <p className={styles.fine}>{none}</p>
          ) : (
            <ul className={styles.rows}>{shown.map(line)}</ul>
          );
        }}
      </Loaded>
    </Panel>
  );
}

function Tasks() {
  const w = useWords(deskWords);
  const language = useLanguage();
  return (
    <Short
      title={w("tasks")}
      more={<Link to="/tasks">{w("all_tasks")}</Link>}
      none={w("no_tasks")}
      query={useQuery(tasksQuery)}
      rows={({ items }) => items}
      line={(task) => (
        <li key={`${task.case_id} ${task.item}`}>
          <span className={styles.grow}>
            <Link to={placeOf(task)}>
              {(language === "en" && task.title_en) || task.title}
            </Link>
            <small>{language === "zh" ? task.case_title : task.case_title_en}</small>
          </span>
          {task.due_at && (
            <span className={styles.fine}>{w("due", { at: formatMoment(task.due_at) })}</span>
          )}
          {task.overdue && <StatusTag tone="bad">{w("overdue")}</StatusTag>}
        </li>
      )}
    />
  );
}

function Departures() {
  const w = useWords(deskWords);
  const language = useLanguage();
  const query = useQuery(departuresQuery);
  const own = useSession().permissions["departure.read"] === "own";
  if (own && !query.data?.items.length) return null;
  return (
    <Short
      title={w("departures")}
      more={<Link to="/departures">{w("all_departures")}</Link>}
      none={w("no_departures")}
      query={query}
      rows={({ items }) => items.filter(({ closed_at }) => !closed_at)}
      line={(one) => (
        <li key={one.id}>
          <span className={styles.grow}>
            <Link to={`/departures/${one.id}`}>{one.employee.name}</Link>
            <small>
              {one.department} · {w("last_day", { day: one.clocks.last_working_day })}
            </small>
          </span>
          <StatusTag tone="busy">{one.stage[language]}</StatusTag>
          {one.customers_left > 0 && (
            <StatusTag tone="warn">{w("left", { count: one.customers_left })}</StatusTag>
          )}
        </li>
      )}
    />
  );
}

function Plans() {
  const w = useWords(deskWords);
  return (
    <Short
      title={w("plans")}
      none={w("no_plans")}
      query={useQuery(plansQuery)}
      rows={({ items }) => items}
      line={(plan) => <PlanLine key={plan.id} of={plan} />}
    />
  );
}

function PlanLine({ of, missed = false }: { of: Plan; missed?: boolean }) {
  const w = useWords(deskWords);
  const names = listed(of.leaving.map(({ name }) => name));
  const calledOff = of.state === "cancelled";
  const to = calledOff && of.departure_id ? `/departures/${of.departure_id}` : `/plans/${of.id}`;
  return (
    <li>
      <Link to={to} className={styles.grow}>
        {of.from.name} · {of.number}
      </Link>
      <span className={styles.fine}>{w("effective_on", { day: of.effective_on })}</span>
      {missed && (
        <StatusTag tone="bad">{w(calledOff ? "called_off" : "not_executed")}</StatusTag>
      )}
      {names && <StatusTag tone="bad">{w("leaving_name", { names })}</StatusTag>}
    </li>
  );
}

/** What should have moved by now and did not, and what nobody plans any more. */
function Missed() {
  const w = useWords(deskWords);
  const query = useQuery(missedQuery);
  if (!query.data?.items.length) return null;
  return (
    <Short
      title={w("missed")}
      none=""
      query={query}
      rows={({ items }) => items}
      line={(plan) => <PlanLine key={plan.id} of={plan} missed />}
    />
  );
}

/** Whoever leaves accepts nothing, and may never say so. */
function Leaving() {
  const w = useWords(deskWords);
  const query = useQuery(leavingQuery);
  if (!query.data?.items.length) return null;
  return (
    <Short
      title={w("leaving")}
      none=""
      query={query}
      rows={({ items }) => items}
      line={(plan) => <PlanLine key={plan.id} of={plan} />}
    />
  );
}

/** A draft is nobody's task until it is submitted, and would be forgotten. */
function Drafts() {
  const w = useWords(deskWords);
  const query = useQuery(draftsQuery);
  if (!query.data?.items.length) return null;
  return (
    <Short
      title={w("drafts")}
      none=""
      query={query}
      rows={({ items }) => items}
      line={(plan) => <PlanLine key={plan.id} of={plan} />}
    />
  );
}

function Customers({ owner }: { owner: string }) {
  const w = useWords(deskWords);
  return (
    <Short
      title={w("customers")}
      more={<Link to={`/customers?owner=${owner}`}>{w("all_customers")}</Link>}
      none={w("no_customers")}
      query={useQuery(customersQuery(owner))}
      rows={({ items }) => [...items].sort((a, b) => b.overdue_days - a.overdue_days)}
      line={(customer) => (
        <li key={customer.id}>
          <Link to={`/customers/${customer.id}`} className={styles.grow}>
            {customer.name}
          </Link>
          <Money of={customer.open} />
          {customer.overdue_days > 0 && (
            <StatusTag tone={customer.overdue_days > 90 ? "bad" : "warn"}>
              {w("overdue_days", { days: customer.overdue_days })}
            </StatusTag>
          )}
        </li>
      )}
    />
  );
}

function Alerts() {
  const w = useWords(deskWords);
  const language = useLanguage();
  return (
    <Short
      title={w("alerts")}
      more={<Link to="/alerts">{w("all_alerts")}</Link>}
      none={w("no_alerts")}
      query={useQuery(alertsQuery)}
      rows={({ items }) => items}
      line={(one) => (
        <li key={one.id}>
          <span className={styles.grow}>
            <Link to={`/alerts?alert=${one.id}`}>{one[language]}</Link>
            <small>{formatMoment(one.last_at)}</small>
          </span>
          <StatusTag tone={one.severity.key === "low" ? "plain" : "bad"}>
            {one.severity[language]}
          </StatusTag>
        </li>
      )}
    />
  );
}

const fenOf = ({ overdue }: Owed) => BigInt(overdue.amount.replace(".", ""));

/** Who has most overdue to chase. */
function Debts() {
  const w = useWords(deskWords);
  return (
    <Short
      title={w("debts")}
      none={w("no_debts")}
      query={useQuery(owedQuery)}
      rows={(lines) =>
        lines
          .filter(({ overdue_count }) => overdue_count > 0)
          .sort((a, b) => (fenOf(b) > fenOf(a) ? 1 : -1))
      }
      line={(one) => (
        <li key={one.id ?? one.name}>
          <span className={styles.grow}>
            {one.id ? <Link to={`/customers?owner=${one.id}`}>{one.name}</Link> : one.name}
            <small>
              {w("debt_of", { count: one.overdue_count, days: one.longest_overdue_days })}
            </small>
          </span>
          <Money of={one.overdue} />
        </li>
      )}
    />
  );
}
