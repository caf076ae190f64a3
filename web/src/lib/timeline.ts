/** Places the intervals of an ownership timeline on a line from 0 to 1 归属时间轴排布. */
import { addDays, daysBetween } from "./day";

/** One interval: from its first day up to, not including, `until`; open while `until` is null. */
export type Interval = { from: string; until: string | null };

export type Span = { left: number; width: number; days: number; open: boolean };

export type Tick = { at: number; label: string };

export type Layout = { spans: Span[]; ticks: Tick[]; today: number };

/** The narrowest a span is drawn, as a share of the line: an interval of a day stays visible. */
const NARROWEST = 0.012;

function startOfMonth(day: string, months: number): string {
  const [year = 1970, month = 1] = day.split("-").map((part) => Number.parseInt(part, 10));
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/** Round marks between two days: months, quarters, or Januaries, never more than about eight. */
function ticksBetween(from: string, until: string): string[] {
  const months = daysBetween(from, until) / 30.4;
  const step = [1, 3, 6, 12, 24, 60, 120].find((size) => months / size <= 8) ?? 240;
  const first = step >= 12 ? `${from.slice(0, 4)}-01-01` : startOfMonth(from, 0);
  const marks: string[] = [];
  for (let mark = first; mark <= until; mark = startOfMonth(mark, step)) {
    if (mark >= from) marks.push(mark);
  }
  return marks;
}

/**
 * The layout of `intervals` (in any order, kept) as seen on `today`. The line runs from the first
 * day to today, or to the last known end when that is later.
 */
export function layOut(intervals: readonly Interval[], today: string): Layout {
  const from = intervals.map((one) => one.from).sort()[0] ?? today;
  const ends = intervals.map((one) => one.until ?? addDays(one.from > today ? one.from : today, 1));
  const until = [addDays(today, 1), ...ends].sort().at(-1) ?? today;
  const whole = Math.max(1, daysBetween(from, until));
  const place = (day: string) => daysBetween(from, day) / whole;
  const spans = intervals.map((one, index) => {
    const end = ends[index] ?? until;
    const days = daysBetween(one.from, end);
    const width = Math.max(NARROWEST, days / whole);
    return { left: Math.min(place(one.from), 1 - width), width, days, open: one.until === null };
  });
  const marks = ticksBetween(from, until);
  const ticks =
    marks.length > 0
      ? marks.map((day) => ({ at: place(day), label: day.slice(0, 7) }))
      : [{ at: 0, label: from }];
  return { spans, ticks, today: Math.min(1, Math.max(0, place(today))) };
}
