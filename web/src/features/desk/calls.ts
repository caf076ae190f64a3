/** What the desk asks the server for; panels and headline figures share the answers 工作台接口. */
import { queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "@/api/client";

export type Task = Schema<"TaskItem">;
export type Departure = Schema<"BoardItem">;
export type Plan = Schema<"PlanItem">;
export type Customer = Schema<"CustomerItem">;
export type Owed = Schema<"SummaryItem">;

export const tasksQuery = queryOptions({
  queryKey: ["tasks", "desk"],
  queryFn: () => take(api.GET("/tasks", { params: { query: { state: "open", limit: 100 } } })),
});

/** Plans that wait for this person's yes or no. */
export const plansQuery = queryOptions({
  queryKey: ["plans", "desk"],
  queryFn: () =>
    take(api.GET("/handover-plans", { params: { query: { waiting: 1, state: "submitted" } } })),
});

/** Plans that could not be executed on their day, or were called off and not replaced. */
export const missedQuery = queryOptions({
  queryKey: ["plans", "desk", "missed"],
  queryFn: () => take(api.GET("/handover-plans", { params: { query: { missed: 1 } } })),
});

/** Plans under way of which a receiver has begun to leave. */
export const leavingQuery = queryOptions({
  queryKey: ["plans", "desk", "leaving"],
  queryFn: () => take(api.GET("/handover-plans", { params: { query: { leaving: 1 } } })),
});

/** Plans that this person drew up and has not submitted. */
export const draftsQuery = queryOptions({
  queryKey: ["plans", "desk", "drafts"],
  queryFn: () =>
    take(api.GET("/handover-plans", { params: { query: { drawn: 1, state: "draft" } } })),
});

export const departuresQuery = queryOptions({
  queryKey: ["departures", "desk"],
  queryFn: () => take(api.GET("/departures")),
});

export const customersQuery = (owner: string) =>
  queryOptions({
    queryKey: ["customers", "desk", owner],
    queryFn: () => take(api.GET("/customers", { params: { query: { owner, limit: 50 } } })),
  });

/** Open receivables by the person who must chase them, within the caller's scope. */
export const owedQuery = queryOptions({
  queryKey: ["receivables", "desk"],
  queryFn: () =>
    take(api.GET("/receivables/summary", { params: { query: { by: "responsible" } } })),
});

/** Whether anybody is employed, for whoever sets the house up. */
export const anyEmployeeQuery = queryOptions({
  queryKey: ["employees", "desk", "any"],
  queryFn: () => take(api.GET("/employees", { params: { query: { limit: 1 } } })),
  select: ({ items }) => items.length > 0,
});

/** Whether somebody may sign in for HR, who enters everybody else. */
export const hrLoginQuery = queryOptions({
  queryKey: ["logins", "desk", "hr"],
  queryFn: () => take(api.GET("/logins", { params: { query: { q: "" } } })),
  select: ({ items, next_cursor }) =>
    Boolean(next_cursor) || items.some(({ roles }) => roles.includes("hr")),
});

export const anyCustomerQuery = queryOptions({
  queryKey: ["customers", "desk", "any"],
  queryFn: () => take(api.GET("/customers", { params: { query: { limit: 1 } } })),
  select: ({ items }) => items.length > 0,
});

export const alertsQuery = queryOptions({
  queryKey: ["alerts", "desk"],
  queryFn: () => take(api.GET("/alerts", { params: { query: { state: "unresolved" } } })),
});

export const logQuery = queryOptions({
  queryKey: ["evidence", "log"],
  queryFn: () => take(api.GET("/evidence-log")),
});
