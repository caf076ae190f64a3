/** How long ago something was, in the largest whole unit 距今多久. */

export type Age = { unit: "minutes" | "hours" | "days"; count: number };

export function ageOf(moment: string, now: Date): Age {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(moment)) / 60_000));
  if (minutes < 120) return { unit: "minutes", count: minutes };
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return { unit: "hours", count: hours };
  return { unit: "days", count: Math.floor(hours / 24) };
}
