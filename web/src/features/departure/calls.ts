/** What the server tells and takes about departures 离职接口. */
import { queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "@/api/client";
import type { Once } from "@/ui/useAct";

export type Why = Schema<"WhyView">;
export type Kind = Schema<"KindView">;
export type Dates = Schema<"DatesView">;
/** One step of the process, begun or to come. */
export type Step = Schema<"StepNow">;
/** A step of a process that has not been started. */
export type StepAhead = Schema<"StepAhead">;
export type Gate = Schema<"GateView">;
export type Duty = Schema<"DutyView">;
export type BoardItem = Schema<"BoardItem">;
export type DepartureView = Schema<"DepartureView">;
/** What somebody who files says; days as `2026-11-22`. */
export type NewDeparture = Schema<"NewDeparture">;

/** Open commission of a leaver. */
export type ExitCommission = Schema<"ExitCommission">;
export type ExitItem = Schema<"ExitItem">;

const at = (id: string) => ({ params: { path: { id } } });

export const boardPage = (cursor?: string) =>
  take(api.GET("/departures", { params: { query: { cursor } } }));

export const kindsQuery = queryOptions({
  queryKey: ["departure-kinds"],
  queryFn: () => take(api.GET("/departure-kinds")),
  staleTime: Infinity,
});

export const departureQuery = (id: string) =>
  queryOptions({
    queryKey: ["departures", id],
    queryFn: () => take(api.GET("/departures/{id}", at(id))),
  });

export const previewOf = (body: NewDeparture) =>
  take(api.POST("/departures/preview", { body }));

export const fileDeparture = (headers: Once, body: NewDeparture) =>
  take(api.POST("/departures", { headers, body }));

export const drawPlan = (headers: Once, body: Schema<"NewPlan">) =>
  take(api.POST("/handover-plans", { headers, body }));

/** A plan for what has come to the leaver since that one was executed. */
export const drawRemainder = (plan: string, headers: Once) =>
  take(
    api.POST("/handover-plans/{id}/remainder", {
      params: { path: { id: plan } },
      headers,
      body: {},
    }),
  );

/** What the offices do with a departure, by the last word of its address. */
export const verbs = {
  acknowledge: (id: string, headers: Once, body: Schema<"Receipt">) =>
    take(api.POST("/departures/{id}/acknowledge", { ...at(id), headers, body })),
  agree_early: (id: string, headers: Once, body: Schema<"Agreement">) =>
    take(api.POST("/departures/{id}/agree-early", { ...at(id), headers, body })),
  dates: (id: string, headers: Once, body: Schema<"NewDates">) =>
    take(api.POST("/departures/{id}/dates", { ...at(id), headers, body })),
  withdraw: (id: string, headers: Once, body: Schema<"Withdrawal">) =>
    take(api.POST("/departures/{id}/withdraw", { ...at(id), headers, body })),
  checks: (id: string, headers: Once, body: Schema<"Check">) =>
    take(api.POST("/departures/{id}/checks", { ...at(id), headers, body })),
  waive: (id: string, headers: Once, body: Schema<"NewWaiver">) =>
    take(api.POST("/departures/{id}/waive", { ...at(id), headers, body })),
  close: (id: string, headers: Once) =>
    take(api.POST("/departures/{id}/close", { ...at(id), headers })),
};

export const exitQuery = (id: string) =>
  queryOptions({
    queryKey: ["departures", id, "commission"],
    queryFn: () => take(api.GET("/departures/{id}/commission", at(id))),
  });

/** What is said of open commission, by the last word of its address. */
export const exitVerbs = {
  decide: (id: string, headers: Once, body: Schema<"ExitDecision">) =>
    take(api.POST("/departures/{id}/commission/decide", { ...at(id), headers, body })),
  check: (id: string, headers: Once, body: Schema<"ExitDeal">) =>
    take(api.POST("/departures/{id}/commission/check", { ...at(id), headers, body })),
  object: (id: string, headers: Once, body: Schema<"ExitObjection">) =>
    take(api.POST("/departures/{id}/commission/object", { ...at(id), headers, body })),
};
