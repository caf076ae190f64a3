/** A day, picked or typed as people write days 日期. */
import { App, DatePicker, type DatePickerProps } from "antd";
import type { Dayjs } from "dayjs";
import { readDay } from "@/lib/readDay";
import { useWords } from "@/lib/language";
import { uiWords } from "./words";

/**
 * Ways to write a day that no longer day begins with: these are understood as they are typed. The
 * first is how a day is shown.
 */
const whole = ["YYYY-MM-DD", "YYYY/MM/DD", "YYYY.MM.DD", "YYYY年M月D日", "YYYYMMDD"];

type Props = Omit<
  DatePickerProps<Dayjs, false>,
  "onBlur" | "onKeyDown" | "format"
>;

/**
 * What else is typed is read when the field is left. What nobody can read, or may not be chosen, is
 * said and taken out: the day before it would be sent in its place.
 */
export function DayPicker({ onChange, ...rest }: Props) {
  const w = useWords(uiWords);
  const { message } = App.useApp();
  function left(typed: string) {
    const text = typed.trim();
    if (text === "") return;
    const day = readDay(text);
    if (day && may(day, rest)) {
      if (!rest.value?.isSame(day, "day")) onChange?.(day, text);
      return;
    }
    onChange?.(null, null);
    void message.error(w(day ? "day_not_here" : "day_unreadable", { text }), 6);
  }
  // After the picker has done with the same event what it does.
  const leave = ({ target }: { target: EventTarget }) => {
    const typed = target instanceof HTMLInputElement ? target.value : "";
    setTimeout(() => left(typed), 0);
  };
  return (
    <DatePicker
      {...rest}
      onChange={onChange}
      format={whole}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key !== "Enter") return;
        // It takes the day that was typed. The form is not sent by it, for the day before would be
        // sent in its place.
        event.preventDefault();
        leave(event);
      }}
    />
  );
}

/** Whether the field lets this day be chosen. */
function may(day: Dayjs, { minDate, maxDate, disabledDate }: Props): boolean {
  if (minDate && day.isBefore(minDate, "day")) return false;
  if (maxDate && day.isAfter(maxDate, "day")) return false;
  return !disabledDate?.(day, { type: "date" });
}
