/** Statements that wait for one's confirmation, and whom of one's people they wait for 待确认提成. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useCan, useSession } from "@/api/session";
import { confirmationsQuery, type MyConfirmations } from "@/api/confirmations";
import { useWords } from "@/lib/language";
import { listed } from "@/lib/marks";
import { words } from "@/lib/words";
import { Panel } from "../Panel";
import { StatusTag } from "../StatusTag";
import styles from "./DocumentRows.module.css";

const waitsWords = words({
  title: ["待确认提成", "Commission to confirm"],
  own: ["请在 {day} 前确认 {month} 提成单", "Confirm the statement of {month} by {day}"],
  late: ["逾期未确认：{month} 提成单（期限 {day}）", "Overdue: {month} (was to be by {day})"],
  lines: ["{count} 条待确认", "{count} lines"],
  left: ["还剩 {days} 天", "{days} days left"],
  last: ["今天截止", "today is the last day"],
  overdue: ["已过期限", "overdue"],
  people: [
    "下属 {count} 人逾期未确认 {month} 提成单",
    "{count} of your people have not confirmed {month}",
  ],
  named: ["{names} 等", "{names} and others"],
  until: ["期限 {day}", "by {day}"],
});

/** Nothing at all when nothing waits. */
export function ConfirmationWaits() {
  const can = useCan()("commission.read");
  const person = Boolean(useSession().login.employee_id);
  const { data } = useQuery({ ...confirmationsQuery, enabled: can && person });
  return data ? <Waits of={data} /> : null;
}

export function Waits({ of: { own, people } }: { of: MyConfirmations }) {
  const w = useWords(waitsWords);
  if (own.length + people.length === 0) return null;
  return (
    <Panel title={w("title")}>
      <ul className={styles.rows}>
        {own.map((one) => (
          <li key={one.month}>
            <Link to={`/commission?month=${one.month}`} className={styles.file}>
              {w(one.days_left < 0 ? "late" : "own", { month: one.month, day: one.confirm_by })}
            </Link>
            <Left days={one.days_left} reminded={one.reminded} />
            <span className={styles.quiet}>{w("lines", { count: one.waiting })}</span>
          </li>
        ))}
        {people.map((one) => {
          const names = listed(one.named.map(({ name }) => name));
          return (
            <li key={`people ${one.month}`}>
              <Link
                to={`/commission/months/${one.month}/confirmations?state=overdue`}
                className={styles.file}
              >
                {w("people", { count: one.people, month: one.month })}
              </Link>
              <StatusTag tone="bad">
                {one.people > one.named.length ? w("named", { names }) : names}
              </StatusTag>
              <span className={styles.quiet}>{w("until", { day: one.confirm_by })}</span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function Left({ days, reminded }: { days: number; reminded: boolean }) {
  const w = useWords(waitsWords);
  if (days < 0) return <StatusTag tone="bad">{w("overdue")}</StatusTag>;
  if (days === 0) return <StatusTag tone="bad">{w("last")}</StatusTag>;
  return <StatusTag tone={reminded ? "warn" : "plain"}>{w("left", { days })}</StatusTag>;
}
