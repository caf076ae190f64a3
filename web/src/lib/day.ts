/**
 * Days and moments 日期与时刻.
 *
 * A day is `2026-11-22`; a moment is RFC 3339 in UTC and is shown in the business time zone,
 * whatever the clock of the browser says.
 */

const ZONE = "Asia/Shanghai";
const DAY_MILLIS = 86_400_000;

// The Swedish locale writes dates as ISO 8601 does.
const stamp = new Intl.DateTimeFormat("sv-SE", {
  timeZone: ZONE,
  dateStyle: "short",
  timeStyle: "short",
});

/** `2026-11-18T01:12:00.000Z` → `2026-11-18 09:12`. */
export function formatMoment(moment: string): string {
  return stamp.format(new Date(moment));
}

/** The day on which a moment falls in the business time zone. */
export function dayOf(moment: string | Date): string {
  return stamp.format(new Date(moment)).slice(0, 10);
}

function ordinal(day: string): number {
  const at = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(at)) throw new RangeError(`not a day: ${day}`);
  return at / DAY_MILLIS;
}

/** Whole days from one day to another; negative when `until` is earlier. */
export function daysBetween(from: string, until: string): number {
  return ordinal(until) - ordinal(from);
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: string, count: number): string {
  return new Date((ordinal(day) + count) * DAY_MILLIS).toISOString().slice(0, 10);
}
