/** Reads the yearly notice of holidays as a clerk types it, and lays out months 放假通知. */
import { addDays, daysBetween } from "@/lib/day";

/** A day the notice names. */
export type NamedDay = { day: string; name: string; is_off: boolean; is_statutory: boolean };

export type Reading = { days: NamedDay[]; faults: { line: number; text: string }[] };

const LINE = new RegExp(
  "^(\\d{4}-\\d{2}-\\d{2})(?:\\s*[~～至]\\s*(\\d{4}-\\d{2}-\\d{2}))?\\s+(\\S+)" +
    "\\s+(放假|法定|上班|off|statutory|worked)$",
);
/** No stretch of a notice is longer, in days; more is a slip of the pen. */
const LONGEST = 15;

function isDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day;
}

/** One stretch a line: `2027-02-05~2027-02-11 春节 放假`; empty lines are skipped. */
export function readNotice(typed: string): Reading {
  const days = new Map<string, NamedDay>();
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
      days.set(day, { day, name, is_off, is_statutory });
    }
  }
  return { days: [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)), faults };
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
