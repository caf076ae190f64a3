/** What the server tells and takes about commission 提成接口. */
import { queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "@/api/client";
import type { Ask } from "@/api/page";
import type { Once } from "@/ui/useAct";

export type CommissionPlan = Schema<"CommissionPlanView">;
export type Offer = Schema<"Offer">;
export type CommissionMonth = Schema<"CommissionMonth">;
export type StatementItem = Schema<"StatementItem">;
export type Statement = Schema<"StatementView">;
export type Line = Schema<"StatementLine">;
export type Objection = Schema<"ObjectionItem">;
export type ObjectionList = Schema<"ObjectionList">;
export type PlanWordList = Schema<"PlanWords">;
export type TriedPlan = Schema<"TriedPlan">;
export type WorkedExample = Schema<"PlanExample">;
export type Deal = Schema<"CommissionDeal">;
export type CreditShare = Schema<"CreditShare">;

export const monthsQuery = queryOptions({
  queryKey: ["commission", "months"],
  queryFn: () => take(api.GET("/commission-periods")),
});

export const statementsQuery = (month: string) =>
  queryOptions({
    queryKey: ["commission", "statements", month],
    queryFn: () => take(api.GET("/commission-statements", { params: { query: { month } } })),
  });

export const statementQuery = (
  month: string,
  payee: string | undefined,
  as_of: string | undefined,
) =>
  queryOptions({
    queryKey: ["commission", "statement", month, payee ?? "me", as_of ?? "now"],
    queryFn: () =>
      take(api.GET("/commission-statement", { params: { query: { month, payee, as_of } } })),
  });

export const objectionsQuery = queryOptions({
  queryKey: ["commission", "objections"],
  queryFn: () => take(api.GET("/commission-objections")),
});

export const plansQuery = queryOptions({
  queryKey: ["commission", "plans"],
  queryFn: () => take(api.GET("/commission-plans")),
});

/** Products, industries and overlays that a plan may name. */
export const planWordsQuery = queryOptions({
  queryKey: ["commission", "words"],
  queryFn: () => take(api.GET("/commission-plans/words")),
});

/** A deal worked out by a version that is being typed; the body as JSON names the answer. */
export const exampleQuery = (body: string) =>
  queryOptions({
    queryKey: ["commission", "example", body],
    queryFn: () =>
      take(api.POST("/commission-plans/example", { body: JSON.parse(body) as TriedPlan })),
    retry: false,
    placeholderData: (before: WorkedExample | undefined) => before,
  });

/** Contracts with what plans ask about them, the newest first. */
export const dealsQuery = (search: string, customer: string | undefined) =>
  queryOptions({
    queryKey: ["commission", "deals", search, customer ?? ""],
    queryFn: () =>
      take(api.GET("/commission-deals", { params: { query: { search, customer } } })),
  });

export const creditingQuery = queryOptions({
  queryKey: ["commission", "crediting"],
  queryFn: () => take(api.GET("/commission-crediting")),
});

/** Posts a plan can be given to. */
export const postsQuery = queryOptions({
  queryKey: ["posts"],
  queryFn: async () => (await take(api.GET("/posts"))).posts,
});

/** Decision tables a plan can take its rate from. */
export const tablesQuery = queryOptions({
  queryKey: ["rules", "tables"],
  queryFn: () => take(api.GET("/decision-tables")),
});

/** Departments and posts a plan can be given to. */
export const placesQuery = queryOptions({
  queryKey: ["departments"],
  queryFn: () => take(api.GET("/departments")),
});

const of = (key: string) => ({ params: { path: { key } } });

export const confirmLine = (key: string, body: Schema<"LineOf">, headers: Once) =>
  take(api.POST("/commission-lines/{key}/confirm", { ...of(key), headers, body }));
export const objectToLine = (key: string, body: Schema<"Wrong">, headers: Once) =>
  take(api.POST("/commission-lines/{key}/object", { ...of(key), headers, body }));
export const answerLine = (key: string, body: Schema<"ObjectionReply">, headers: Once) =>
  take(api.POST("/commission-lines/{key}/answer", { ...of(key), headers, body }));

export const putRight = (key: string, body: Schema<"PutRightOn">, headers: Once) =>
  take(api.POST("/commission-lines/{key}/put-right", { ...of(key), headers, body }));

export const signOff = (body: Schema<"SeenStatement">, headers: Once) =>
  take(api.POST("/commission-statement/sign-off", { headers, body }));

/** Where the file is that came with an objection; the browser carries the session. */
export const attachmentOf = (month: string, key: string, seq: number) => {
  const query = new URLSearchParams({ month, seq: String(seq) });
  return `/api/v1/commission-lines/${encodeURIComponent(key)}/attachment?${query}`;
};

const at = (month: string) => ({ params: { path: { month } } });

export const openMonth = (month: string, headers: Once) =>
  take(api.POST("/commission-periods", { headers, body: { month } }));
export const calculate = (headers: Once) =>
  take(api.POST("/commission-periods/calculate", { headers }));
export const reviewMonth = (month: string, body: Schema<"MonthReview">, headers: Once) =>
  take(api.POST("/commission-periods/{month}/review", { ...at(month), headers, body }));
export const moveConfirmDay = (month: string, body: Schema<"LaterConfirmDay">, headers: Once) =>
  take(api.POST("/commission-periods/{month}/confirm-day", { ...at(month), headers, body }));
export const closeMonth = (month: string, body: Schema<"MonthClosing">, headers: Once) =>
  take(api.POST("/commission-periods/{month}/close", { ...at(month), headers, body }));

export type MonthAnswers = Schema<"MonthAnswers">;
export type PayeeAnswer = Schema<"PayeeAnswer">;

const answers = (month: string, query: { state?: string; limit: number; cursor?: string }) =>
  take(
    api.GET("/commission-periods/{month}/confirmations", {
      params: { path: { month }, query },
    }),
  );

/** The day and the counts. */
export const answersQuery = (month: string) =>
  queryOptions({
    queryKey: ["commission", "answers", month],
    queryFn: () => answers(month, { limit: 1 }),
  });

export const listAnswers =
  (month: string) =>
  ({ limit, cursor, filters: { state } }: Ask) =>
    answers(month, { state, limit, cursor });

export const exportPayout = (month: string, headers: Once) =>
  take(api.POST("/commission-periods/{month}/payout", { ...at(month), headers }));
export const issueStatement = (month: string, payee: string | undefined, headers: Once) =>
  take(api.POST("/commission-statements", { headers, body: { month, payee } }));

export type MonthPayments = Schema<"MonthPayments">;
export type PersonDue = Schema<"PersonDue">;
export type PaymentItem = Schema<"PaymentItem">;

export const paymentsQuery = (month: string) =>
  queryOptions({
    queryKey: ["commission", "payments", month],
    queryFn: () => take(api.GET("/commission-periods/{month}/payments", at(month))),
  });

export const recordPayment = (month: string, body: Schema<"NewPayment">, headers: Once) =>
  take(api.POST("/commission-periods/{month}/payments", { ...at(month), headers, body }));
export const undoPayment = (id: string, body: Schema<"PaymentUndone">, headers: Once) =>
  take(api.POST("/commission-payments/{id}/undo", { params: { path: { id } }, headers, body }));

/** A statement with what it was calculated from. */
export const exportStatement = (body: Schema<"NewStatementBundle">, headers: Once) =>
  take(api.POST("/commission-statement-bundles", { headers, body }));

/** Where such a bundle is downloaded; the browser carries the session. */
export const statementBundleOf = (id: string) =>
  `/api/v1/commission-statement-bundles/${encodeURIComponent(id)}/file`;

/** Where the reasons of a statement are, as a file for programs. */
export const explanationOf = (month: string, payee: string | undefined) => {
  const query = new URLSearchParams({ month, ...(payee && { payee }) });
  return `/api/v1/commission-statement/explanation?${query}`;
};

const plan = (id: string) => ({ params: { path: { id } } });

export const beginPlan = (body: Schema<"NewCommissionPlan">, headers: Once) =>
  take(api.POST("/commission-plans", { headers, body }));
export const publishVersion = (id: string, body: Schema<"NextVersion">, headers: Once) =>
  take(api.POST("/commission-plans/{id}/versions", { ...plan(id), headers, body }));
export const assignPlan = (id: string, body: Schema<"PlanAssignee">, headers: Once) =>
  take(api.POST("/commission-plans/{id}/assignments", { ...plan(id), headers, body }));

export const describeDeal = (id: string, body: Schema<"ContractDescription">, headers: Once) =>
  take(api.POST("/contracts/{id}/describe", { ...plan(id), headers, body }));
export const creditDeal = (id: string, body: Schema<"CreditOfDeal">, headers: Once) =>
  take(api.POST("/commission-deals/{id}/credit", { ...plan(id), headers, body }));
export const setCrediting = (body: Schema<"CreditingTable">, headers: Once) =>
  take(api.POST("/commission-crediting", { headers, body }));

/** Everything that a change of commission may have changed. */
export const refresh = [["commission"]] as const;
