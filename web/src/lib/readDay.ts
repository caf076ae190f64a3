/** Days as people write them 日期读法. */
import dayjs, { type Dayjs } from "dayjs";
import customParseFormat from "dayjs/plugin/customParseFormat";

dayjs.extend(customParseFormat);

const SPACED = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/;
const CLOSE = /^(\d{4})(\d{2})(\d{2})$/;

/** `2026-3-8`, `2026/03/08`, `2026.3.8`, `2026年3月8日`, `20260308`; nothing else is a day. */
export function readDay(text: string): Dayjs | undefined {
  const found = SPACED.exec(text.trim()) ?? CLOSE.exec(text.trim());
  if (!found) return undefined;
  const [, year = "", month = "", date = ""] = found;
  const day = dayjs(
    `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`,
    "YYYY-MM-DD",
    true,
  );
  return day.isValid() ? day : undefined;
}
