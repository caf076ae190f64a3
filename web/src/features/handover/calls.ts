/** What the server tells and takes about handover plans 交接方案接口. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "@/api/client";
import type { Ask } from "@/api/page";
import type { Once } from "@/ui/useAct";

export type PlanState = Schema<"PlanState">;
export type PlanItem = Schema<"PlanItem">;
export type PlanView = Schema<"PlanView">;
export type Share = Schema<"ShareView">;
export type Line = Schema<"Line">;
export type Conflict = Schema<"ConflictView">;
export type Acceptance = Schema<"AcceptanceView">;
export type ItemView = Schema<"ItemView">;
export type Suggested = Schema<"SuggestedView">;
export type PlanChange = Schema<"PlanChange">;
export type PlanContract = Schema<"PlanContract">;
export type Executed = Schema<"ExecutedView">;
export type Written = Schema<"Written">;
/** Terms somebody tries out. */
export type Tried = { terms: Schema<"HandoverTerms">; pool?: Schema<"TeamPool"> | undefined };

/** What somebody looking at a plan may do with it next. */
export type Step =
  | "edit"
  | "submit"
  | "withdraw"
  | "answer"
  | "decline"
  | "approve"
  | "execute"
  | "cancel"
  | "remainder"
  | "reverse";

const at = (id: string) => ({ params: { path: { id } } });

export const listPlans = ({ cursor, filters: { state, mine } }: Ask) => {
  const query = { cursor, state, mine: mine === undefined ? undefined : 1 };
  return take(api.GET("/handover-plans", { params: { query } }));
};

export const planQuery = (id: string) =>
  queryOptions({
    queryKey: ["plans", id],
    queryFn: () => take(api.GET("/handover-plans/{id}", at(id))),
  });

/** What each would earn on other terms; asked while they are being filled in. */
export const triedQuery = (
  { id, version }: PlanView,
  customers: readonly string[],
  tried: Tried | null,
) =>
  queryOptions({
    queryKey: ["plans", id, "tried", version, customers, tried],
    queryFn: () => {
      const { terms, pool } = tried ?? { terms: "nothing_kept" as const };
      const body = { customer_ids: [...customers], terms, pool };
      return take(api.POST("/handover-plans/{id}/forecast", { ...at(id), body }));
    },
    placeholderData: keepPreviousData,
    retry: false,
  });

export const listItems = (id: string, filters: Ask["filters"], cursor?: string) =>
  take(
    api.GET("/handover-plans/{id}/items", {
      params: { path: { id }, query: { ...filters, cursor } },
    }),
  );

/** The giver's contracts with a customer, and where each goes. */
export const planContractsQuery = ({ id, version }: PlanView, customer: string) =>
  queryOptions({
    queryKey: ["plans", id, "contracts", version, customer],
    queryFn: () =>
      take(
        api.GET("/handover-plans/{id}/contracts", {
          params: { path: { id }, query: { customer } },
        }),
      ),
  });

/** What can be done with a plan, by the last word of its address. */
export const steps = {
  edit: (id: string, headers: Once, body: Schema<"Change">) =>
    take(api.POST("/handover-plans/{id}/edit", { ...at(id), headers, body })),
  submit: (id: string, headers: Once, body: Schema<"Seen">) =>
    take(api.POST("/handover-plans/{id}/submit", { ...at(id), headers, body })),
  withdraw: (id: string, headers: Once, body: Schema<"Why">) =>
    take(api.POST("/handover-plans/{id}/withdraw", { ...at(id), headers, body })),
  remainder: (id: string, headers: Once, body: Schema<"FromDay">) =>
    take(api.POST("/handover-plans/{id}/remainder", { ...at(id), headers, body })),
  answer: (id: string, headers: Once, body: Schema<"Said">) =>
    take(api.POST("/handover-plans/{id}/answer", { ...at(id), headers, body })),
  approve: (id: string, headers: Once, body: Schema<"Approval">) =>
    take(api.POST("/handover-plans/{id}/approve", { ...at(id), headers, body })),
  rehearse: (id: string, headers: Once) =>
    take(api.POST("/handover-plans/{id}/dry-run", { ...at(id), headers })),
  execute: (id: string, headers: Once) =>
    take(api.POST("/handover-plans/{id}/execute", { ...at(id), headers })),
  cancel: (id: string, headers: Once, body: Schema<"Why">) =>
    take(api.POST("/handover-plans/{id}/cancel", { ...at(id), headers, body })),
  reverse: (id: string, headers: Once, body: Schema<"FromDay">) =>
    take(api.POST("/handover-plans/{id}/reverse", { ...at(id), headers, body })),
};
