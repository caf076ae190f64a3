/** What matters to this person today, by what they may do 工作台页. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { read } from "@/api/ahead";
import type { Schema } from "@/api/client";
import type { Page } from "@/api/page";
import type { PersonName } from "@/api/people";
import { useCan, useSession } from "@/api/session";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import type { Money as Amount } from "@/lib/money";
import { Loaded } from "@/ui/Loaded";
import { Money } from "@/ui/Money";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { StatusTag } from "@/ui/StatusTag";
import styles from "./desk.module.css";
import { deskWords } from "./words";

/** Lines of each panel; the pages behind them have the rest. */
const SHOWN = 6;

export function Component() {
  const w = useWords(deskWords);
  const can = useCan();
  const language = useLanguage();
  const { login, roles, today } = useSession();
  const person = Boolean(login.employee_id);
  const names = roles.map((role) => role[language]).join("、");
  return (
    <>
      <PageHeader
        title={w("greeting", { name: login.name })}
        note={`${w("today", { day: today })} · ${names}`}
      />
      <div className={styles.desk}>
        {person && can("approval.act") && <Tasks />}
        {person && can("handover.accept") && <Plans />}
        {can("departure.read") && <Departures />}
        {login.employee_id && can("customer.read") && <Customers owner={login.employee_id} />}
        {can("alert.read") && <Alerts />}
        {can("evidence.audit") && (
          <Panel title={w("evidence")}>
            <Link to="/evidence/log">{w("to_evidence")}</Link>
          </Panel>
        )}
        {can("login.manage") && (
          <Panel title={w("logins")}>
            <Link to="/system/logins">{w("logins")}</Link>
          </Panel>
        )}
        {can("system.manage") && (
          <Panel title={w("system")}>
            <p>
              <Link to="/system/state">{w("system")}</Link>
            </p>
            <Link to="/system/jobs">{w("jobs")}</Link>
          </Panel>
        )}
      </div>
    </>
  );
}

type ShortProps<Row> = {
  title: string;
  more: ReactNode;
  none: string;
  path: string;
  ask?: Record<string, string | number>;
  only?: (row: Row) => boolean;
  line: (row: Row) => ReactNode;
};

/** The first lines of a list. */
function Short<Row>({ title, more, none, path, ask, only, line }: ShortProps<Row>) {
  const query = useQuery({
    queryKey: [path.slice(1), "desk", ask],
    queryFn: () => read<Page<Row>>(path, ask),
  });
  return (
    <Panel title={title} extra={more}>
      <Loaded query={query}>
        {({ items }) => {
          const shown = items.filter((row) => !only || only(row)).slice(0, SHOWN);
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

type Task = {
  case_id: string;
  item: number;
  title: string;
  case_title: string;
  due_at: string | null;
  overdue: boolean;
};

function Tasks() {
  const w = useWords(deskWords);
  return (
    <Short<Task>
      title={w("tasks")}
      more={<Link to="/tasks">{w("all_tasks")}</Link>}
      none={w("no_tasks")}
      path="/tasks"
      line={(task) => (
        <li key={`${task.case_id} ${task.item}`}>
          <span className={styles.grow}>
            <Link to={`/cases/${task.case_id}`}>{task.title}</Link>
            <small>{task.case_title}</small>
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

type Departure = {
  id: string;
  employee: PersonName;
  department: string;
  stage: { key: string; zh: string; en: string };
  clocks: { last_working_day: string };
  customers_left: number;
  closed_at: string | null;
};

function Departures() {
  const w = useWords(deskWords);
  const language = useLanguage();
  return (
    <Short<Departure>
      title={w("departures")}
      more={<Link to="/departures">{w("all_departures")}</Link>}
      none={w("no_departures")}
      path="/departures"
      only={({ closed_at }) => closed_at === null}
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

type Alert = Schema<"AlertItem">;

function Alerts() {
  const w = useWords(deskWords);
  const language = useLanguage();
  return (
    <Short<Alert>
      title={w("alerts")}
      more={<Link to="/alerts">{w("all_alerts")}</Link>}
      none={w("no_alerts")}
      path="/alerts"
      ask={{ state: "unresolved" }}
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

type Plan = { id: string; number: string; from: PersonName; effective_on: string };

function Plans() {
  const w = useWords(deskWords);
  return (
    <Short<Plan>
      title={w("plans")}
      more={null}
      none={w("no_plans")}
      path="/handover-plans"
      ask={{ mine: 1, state: "submitted" }}
      line={(plan) => (
        <li key={plan.id}>
          <Link to={`/plans/${plan.id}`} className={styles.grow}>
            {plan.from.name} · {plan.number}
          </Link>
          <span className={styles.fine}>{plan.effective_on}</span>
        </li>
      )}
    />
  );
}

type Customer = { id: string; name: string; open: Amount; overdue_days: number };

function Customers({ owner }: { owner: string }) {
  const w = useWords(deskWords);
  return (
    <Short<Customer>
      title={w("customers")}
      more={<Link to={`/customers?owner=${owner}`}>{w("all_customers")}</Link>}
      none={w("no_customers")}
      path="/customers"
      ask={{ owner, limit: 20 }}
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
