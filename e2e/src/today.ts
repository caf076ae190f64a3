/** The day the server lives in 营业日. */

/** Today in the business time zone, `2026-11-26`. */
export function today(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
}
