/**
 * What of a form is sent 只送改动: the fields that somebody changed, so that what somebody else
 * changed meanwhile is not written back.
 */

const text = (value: unknown) => (typeof value === "string" ? value.trim() : (value ?? ""));

/** The fields whose value is another one than before; spaces around it make none. */
export function changedFields<Values extends object>(
  before: Partial<Values>,
  now: Values,
): Partial<Values> {
  const fields = Object.keys(now) as (keyof Values)[];
  const changed = fields.filter((field) => text(now[field]) !== text(before[field]));
  return Object.fromEntries(changed.map((field) => [field, now[field]])) as Partial<Values>;
}
