/** The days off and the days worked in exchange, year by year 工作日历页. */
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Segmented } from "antd";
import { useState } from "react";
import { api, take, type Schema } from "@/api/client";
import { useCan, useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { listed } from "@/lib/marks";
import { EmptyState } from "@/ui/EmptyState";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { weeksOf } from "./notice";
import { NoticeDialog } from "./NoticeDialog";
import styles from "./system.module.css";
import { systemWords } from "./words";

type CalendarView = Schema<"CalendarView">;
type EnteredDay = Schema<"EnteredDay">;

export function Component() {
  const w = useWords(systemWords);
  const can = useCan();
  const [adding, setAdding] = useState(false);
  const query = useQuery({
    queryKey: ["calendar"],
    queryFn: () => take(api.GET("/calendar")),
  });
  const add = can("people.write") && (
    <Button type="primary" onClick={() => setAdding(true)}>
      {w("add_notice")}
    </Button>
  );
  return (
    <>
      <PageHeader title={w("calendar")} note={w("calendar_note")} actions={add} />
      <Loaded query={query}>
        {(calendar) => (
          <>
            {calendar.missing.length > 0 && (
              <Alert
                type="warning"
                showIcon
                title={w("calendar_missing", { years: listed(calendar.missing) })}
                className={styles.missing}
              />
            )}
            {calendar.years.length === 0 ? (
              <Panel>
                <EmptyState
                  title={w("calendar_none")}
                  why={w("calendar_none_why")}
                  next={add}
                />
              </Panel>
            ) : (
              <Years of={calendar} />
            )}
            {adding && <NoticeDialog of={calendar} onClose={() => setAdding(false)} />}
          </>
        )}
      </Loaded>
    </>
  );
}

function Years({ of }: { of: CalendarView }) {
  const w = useWords(systemWords);
  const { today } = useSession();
  const years = [...new Set([...of.years, ...of.missing])].sort().map(String);
  const now = today.slice(0, 4);
  const [year, setYear] = useState(years.includes(now) ? now : (years.at(-1) ?? now));
  const choice = (
    <Segmented
      options={years}
      value={year}
      onChange={setYear}
      name="year"
      aria-label={w("year")}
    />
  );
  const named = new Map(of.days.map((one) => [one.day, one]));
  return (
    <Panel title={w("calendar_entered", { years: listed(of.years) })} extra={choice}>
      <div className={styles.year}>
        {months.map((month) => (
          <Month key={month} year={Number.parseInt(year, 10)} month={month} named={named} />
        ))}
      </div>
      <p className={styles.legend}>
        <span className={styles.statutory}>{w("day_off")}</span> {w("statutory")}
        <span className={styles.off}>{w("day_off")}</span> {w("off")}
        <span className={styles.work}>{w("day_work")}</span> {w("work")}
      </p>
    </Panel>
  );
}

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

type MonthProps = {
  year: number;
  month: (typeof months)[number];
  named: ReadonlyMap<string, EnteredDay>;
};

function Month({ year, month, named }: MonthProps) {
  const w = useWords(systemWords);
  return (
    <table className={styles.month}>
      <caption>{w(`month_${month}`)}</caption>
      <thead>
        <tr>
          {[...w("weekdays")].map((letter, at) => (
            <th key={at} scope="col">
              {letter}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(year, month).map((week) => (
          <tr key={week.find(Boolean)}>
            {week.map((day, weekday) => (
              <DayCell key={weekday} day={day} weekend={weekday > 4} of={named.get(day ?? "")} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type DayProps = { day: string | null; weekend: boolean; of: EnteredDay | undefined };

function DayCell({ day, weekend, of }: DayProps) {
  const w = useWords(systemWords);
  if (!day) return <td />;
  const date = Number.parseInt(day.slice(8), 10);
  if (!of) return <td className={weekend ? styles.weekend : undefined}>{date}</td>;
  const look = of.is_statutory ? styles.statutory : of.is_off ? styles.off : styles.work;
  const what = w(of.is_off ? (of.is_statutory ? "statutory" : "off") : "work");
  return (
    <td className={look} title={`${of.name} ${what}`}>
      {date}
      <small>{w(of.is_off ? "day_off" : "day_work")}</small>
    </td>
  );
}
