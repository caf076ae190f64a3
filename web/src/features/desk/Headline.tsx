/** The figures of the day, by what the person may see 工作台指标. */
import { useQuery } from "@tanstack/react-query";
import { useCan, useSession, type Session } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { formatCount, formatMoney, inMillions, inWan, sumOf, type Money } from "@/lib/money";
import type { Language } from "@/lib/words";
import { Figures, type Figure } from "@/ui/Figures";
import { Panel } from "@/ui/Panel";
import { alertsQuery, departuresQuery, logQuery, owedQuery, plansQuery, tasksQuery } from "./calls";
import { deskWords } from "./words";

/** With how one of them is called, where that is another word. */
type Counted = { label: string; unit: string; one?: string };

/** A count that may not be known in full: `100+`. */
function count(
  { label, unit, one = unit }: Counted,
  length: number | undefined,
  more?: string | null,
  bad = false,
): Figure {
  const value = length === undefined ? "…" : `${formatCount(length)}${more ? "+" : ""}`;
  const of = length === 1 && !more ? one : unit;
  return { label, value, unit: of, ...(bad && { tone: "bad" as const }) };
}

/** Whether a permission reaches beyond the person; one’s own departure is no figure. */
function reaches({ permissions }: Session, permission: string): boolean {
  const scope = permissions[permission];
  return scope !== undefined && scope !== "own";
}

/** 万 are no English number; millions are. */
function short(of: Money, language: Language, unit: string): Pick<Figure, "value" | "unit"> {
  const value = language === "zh" ? inWan(of.amount) : inMillions(of.amount);
  return value ? { value, unit } : { value: formatMoney(of) };
}

export function Headline() {
  const w = useWords(deskWords);
  const language = useLanguage();
  const can = useCan();
  const session = useSession();
  const person = Boolean(session.login.employee_id);
  const acts = person && can("approval.act");
  const receives = person && can("handover.accept");
  const leaves = reaches(session, "departure.read");
  const owed = can("receivable.read");
  const audits = can("evidence.audit") || can("evidence.read");
  const tasks = useQuery({ ...tasksQuery, enabled: acts }).data;
  const plans = useQuery({ ...plansQuery, enabled: receives }).data;
  const departures = useQuery({ ...departuresQuery, enabled: leaves }).data;
  const guards = can("alert.read");
  const alerts = useQuery({ ...alertsQuery, enabled: guards }).data;
  const money = useQuery({ ...owedQuery, enabled: owed }).data;
  const log = useQuery({ ...logQuery, enabled: audits && !owed }).data;

  const late = tasks?.items.some(({ overdue }) => overdue) ?? false;
  const open = departures?.items.filter(({ closed_at }) => !closed_at);
  const left = open?.reduce((sum, one) => sum + one.customers_left, 0);
  const sum = (what: "open" | "overdue") =>
    money
      ? short(sumOf(money.map((line) => line[what])), language, w("unit_money"))
      : { value: "…" };
  const people = { unit: w("unit_people"), one: w("unit_person") };
  const customers = { unit: w("unit_customers"), one: w("unit_customer") };
  const things = { unit: w("unit_things") };
  const figures: Figure[] = [
    ...(acts
      ? [count({ label: w("tasks"), ...things }, tasks?.items.length, tasks?.next_cursor, late)]
      : []),
    ...(receives ? [count({ label: w("plans"), ...things }, plans?.items.length)] : []),
    ...(leaves
      ? [
          count({ label: w("departures"), ...people }, open?.length),
          count({ label: w("left_all"), ...customers }, left),
        ]
      : []),
    ...(guards
      ? [
          count(
            { label: w("alerts"), unit: w("unit_alerts"), one: w("unit_alert") },
            alerts?.items.length,
            alerts?.next_cursor,
            Boolean(alerts?.items.length),
          ),
        ]
      : []),
    ...(owed
      ? [
          { label: w("owed"), ...sum("open") },
          { label: w("overdue_money"), ...sum("overdue") },
        ]
      : []),
    ...(audits && !owed
      ? [
          count({ label: w("log_size"), unit: w("unit_entries") }, log?.size),
          count({ label: w("log_signed"), unit: w("unit_entries") }, log?.signed),
        ]
      : []),
  ];
  if (figures.length === 0) return null;
  return (
    <Panel>
      <Figures of={figures} />
    </Panel>
  );
}
