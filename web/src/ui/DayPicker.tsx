/** A day, picked or typed as people write days 日期. */
import { DatePicker, type DatePickerProps } from "antd";
import type { Dayjs } from "dayjs";

/** The first is how a day is shown; the others are understood too. */
const formats = [
  "YYYY-MM-DD",
  "YYYY-M-D",
  "YYYY/M/D",
  "YYYY/MM/DD",
  "YYYY.M.D",
  "YYYY.MM.DD",
  "YYYY年M月D日",
  "YYYYMMDD",
];

export function DayPicker(props: DatePickerProps<Dayjs, false>) {
  return <DatePicker {...props} format={formats} />;
}
