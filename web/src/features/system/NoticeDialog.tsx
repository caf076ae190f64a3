/** Enters the notice of holidays of one year 录入放假通知. */
import { Alert, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { api, take, type Schema } from "@/api/client";
import { useSession } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { listed } from "@/lib/marks";
import { FormDialog } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { lostDays, readNotice, writeNotice, type NamedDay } from "./notice";
import styles from "./system.module.css";
import { systemWords } from "./words";

type CalendarView = Schema<"CalendarView">;

/** What is entered for a year, as it is sent back to say that it was seen. */
const enteredIn = (of: CalendarView, year: number) =>
  of.days
    .filter(({ notice_year }) => notice_year === year)
    .map(({ day, name, is_off, is_statutory }) => ({ day, name, is_off, is_statutory }));

/** The box holds what is entered for the year, so that a line is added or taken away, not all. */
export function NoticeDialog({ of, onClose }: { of: CalendarView; onClose: () => void }) {
  const w = useWords(systemWords);
  const language = useLanguage();
  const { today } = useSession();
  // What lies behind the dialog may be read again while it is open.
  const [shown] = useState(of);
  const next = shown.missing[0] ?? Number.parseInt(today.slice(0, 4), 10) + 1;
  const textOf = (year: number) => writeNotice(enteredIn(shown, year), language);
  const [form] = Form.useForm<{ year: number; typed: string }>();
  const year = Form.useWatch("year", form) ?? next;
  const typed = Form.useWatch("typed", form) ?? textOf(next);
  const entered = enteredIn(shown, year);
  const { days, faults } = readNotice(typed);
  const fault = faults[0];
  const act = useAct({
    run: (of: { year: number }, headers) =>
      take(
        api.POST("/calendar", { headers, body: { year: of.year, days, replaces: entered } }),
      ),
    done: w("notice_saved"),
    refresh: [["calendar"]],
    inline: true,
    onDone: onClose,
  });
  // Lines that were typed stay when the year is put right.
  const turnTo = (to: number | null) => {
    if (to !== null && typed.trim() === textOf(year)) form.setFieldValue("typed", textOf(to));
  };
  const wrong =
    fault && w(fault.first ? "notice_twice" : "notice_fault", { first: 0, day: "", ...fault });
  return (
    <FormDialog
      title={w("add_notice")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      unready={days.length === 0 || fault !== undefined}
      holds={() => typed.trim() !== textOf(year).trim()}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <Form.Item
        name="year"
        label={w("year")}
        initialValue={next}
        rules={[{ required: true }]}
        extra={entered.length > 0 && w("notice_entered", { days: entered.length })}
      >
        <InputNumber min={2000} max={2100} precision={0} onChange={turnTo} />
      </Form.Item>
      <Form.Item
        name="typed"
        label={w("notice_days")}
        initialValue={textOf(next)}
        extra={<span className={styles.hint}>{w("notice_hint")}</span>}
        validateStatus={fault && "error"}
        help={wrong}
      >
        <Input.TextArea rows={8} />
      </Form.Item>
      <Effect days={days} lost={fault ? [] : lostDays(entered, days)} />
    </FormDialog>
  );
}

/** How many days there will be, and which of those entered before will not. */
function Effect({ days, lost }: { days: readonly NamedDay[]; lost: readonly NamedDay[] }) {
  const w = useWords(systemWords);
  const off = days.filter(({ is_off }) => is_off).length;
  const named = listed(lost.map(({ day, name }) => `${day} ${name}`));
  return (
    <>
      {days.length > 0 && (
        <p role="status">{w("notice_reads", { off, work: days.length - off })}</p>
      )}
      {lost.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={w("notice_drops", { count: lost.length, days: named })}
        />
      )}
    </>
  );
}
