/** What the server tells and takes about alerts 预警接口. */
import { queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "@/api/client";
import type { Ask } from "@/api/page";
import { addDays } from "@/lib/day";
import type { Tone } from "@/ui/StatusTag";

export type AlertItem = Schema<"AlertItem">;
export type AlertView = Schema<"AlertView">;

/** The first moment of a day in the business time zone. */
const beginOf = (day: string | undefined) => day && `${day}T00:00:00+08:00`;

export function listAlerts({ cursor, filters }: Ask) {
  const { state, severity, kind, q, from, until } = filters;
  const end = until && beginOf(addDays(until, 1));
  const query = { state, severity, kind, q, from: beginOf(from), until: end, cursor };
  return take(api.GET("/alerts", { params: { query } }));
}

export const alertQuery = (id: string) =>
  queryOptions({
    queryKey: ["alerts", id],
    queryFn: () => take(api.GET("/alerts/{id}", { params: { path: { id } } })),
  });

export const wordsQuery = queryOptions({
  queryKey: ["alert-words"],
  queryFn: () => take(api.GET("/alert-words")),
  staleTime: Infinity,
});

export const countQuery = queryOptions({
  queryKey: ["alerts", "count"],
  queryFn: () => take(api.GET("/alerts/count")),
  refetchInterval: 60_000,
});

const severityTones: Readonly<Record<string, Tone>> = {
  low: "plain",
  high: "warn",
  critical: "bad",
};
const stateTones: Readonly<Record<string, Tone>> = {
  open: "bad",
  taken: "busy",
  resolved: "good",
};

export const severityTone = ({ severity }: AlertItem): Tone =>
  severityTones[severity.key] ?? "plain";
export const stateTone = ({ state }: AlertItem): Tone => stateTones[state.key] ?? "plain";
