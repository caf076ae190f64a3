/** Reads the yearly notice of holidays as a clerk types it, and lays out months 放假通知. */
import { addDays, daysBetween } from "@/lib/day";
import type { Language } from "@/lib/words";

/** A day the notice names. */
export type NamedDay = { day: string; name: string; is_off: boolean; is_statutory: boolean };

/** A line that is not understood, or that says of a day the opposite of what line `first` says. */
export type Fault = { line: number; text: string; first?: number; day?: string };

export type Reading = { days: NamedDay[]; faults: Fault[] };

const LINE = new RegExp(
  "^(\\d{4}-\\d{2}-\\d{2})(?:\\s*[~～至]\\s*(\\d{4}-\\d{2}-\\d{2}))?\\s+(\\S(?:.*\\S)?)" +
    "\\s+(放假|法定|上班|off|statutory|worked)$",
);
/** No stretch of a notice is longer, in days; more is a slip of the pen. */
const LONGEST = 15;

function isDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day;
}

/**
 * One stretch a line: `2027-02-05~2027-02-11 春节 放假`; empty lines are skipped. A day off may be
 * named again as a statutory one; a day is never off on one line and worked on another.
 */
export function readNotice(typed: string): Reading {
  const days = new Map<string, NamedDay>();
  const lines = new Map<string, number>();
  const faults: Reading["faults"] = [];
  for (const [at, raw] of typed.split("\n").entries()) {
    const text = raw.trim();
    if (!text) continue;
    const [, from = "", until = from, name = "", what] = LINE.exec(text) ?? [];
    const length = isDay(from) && isDay(until) ? daysBetween(from, until) + 1 : 0;
    if (length < 1 || length > LONGEST) {
      faults.push({ line: at + 1, text });
      continue;
    }
    const is_off = what !== "上班" && what !== "worked";
    const is_statutory = what === "法定" || what === "statutory";
    for (let step = 0; step < length; step += 1) {
      const day = addDays(from, step);
      const before = days.get(day);
      if (before && before.is_off !== is_off) {
        faults.push({ line: at + 1, text, first: lines.get(day), day });
        break;
      }
      const statutory = is_statutory || (before?.is_statutory ?? false);
      days.set(day, { day, name, is_off, is_statutory: statutory });
      lines.set(day, at + 1);
    }
  }
  return { days: [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)), faults };
}

const KINDS = { zh: ["法定", "放假", "上班"], en: ["statutory", "off", "worked"] } as const;

const kindOf = ({ is_off, is_statutory }: NamedDay, language: Language = "zh") =>
  KINDS[language][is_statutory ? 0 : is_off ? 1 : 2];

/** The days as lines that read as the same days, one stretch a line. */
export function writeNotice(days: readonly NamedDay[], language: Language = "zh"): string {
  const lines: { from: NamedDay; until: string; length: number }[] = [];
  for (const day of days.toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
    const last = lines.at(-1);
    const goesOn =
      last?.until === addDays(day.day, -1) &&
      last.from.name === day.name &&
      kindOf(last.from) === kindOf(day) &&
      last.length < LONGEST;
    if (last && goesOn) {
      last.until = day.day;
      last.length += 1;
    } else lines.push({ from: day, until: day.day, length: 1 });
  }
  const line = ({ from, until }: (typeof lines)[number]) =>
    `${until === from.day ? until : `${from.day}~${until}`} ${from.name} ${kindOf(from, language)}`;
  return lines.map(line).join("\n");
}

/** Those of the days entered before that go, or become others, when `days` are saved. */
export function lostDays(entered: readonly NamedDay[], days: readonly NamedDay[]): NamedDay[] {
  const kept = new Map(days.map((day) => [day.day, day]));
  return entered.filter((before) => {
    const now = kept.get(before.day);
    return !now || now.name !== before.name || kindOf(now) !== kindOf(before);
  });
}

/** The weeks of a month, Monday first; `null` outside of it. */
export function weeksOf(year: number, month: number): (string | null)[][] {
  const first = `${year}-${String(month).padStart(2, "0")}-01`;
  const lead = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const weeks: (string | null)[][] = [];
  for (let week = 0; week < 6; week += 1) {
    const days = [0, 1, 2, 3, 4, 5, 6].map((weekday) => {
      const day = addDays(first, week * 7 + weekday - lead);
      return day.slice(0, 7) === first.slice(0, 7) ? day : null;
    });
    if (days.some(Boolean)) weeks.push(days);
  }
  return weeks;
}
