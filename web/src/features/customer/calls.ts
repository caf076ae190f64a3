/** What the server tells and takes about customers 客户接口. */
import { queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "@/api/client";
import type { Ask } from "@/api/page";
import type { Once } from "@/ui/useAct";

export type CustomerItem = Schema<"CustomerItem">;
export type CustomerView = Schema<"CustomerView">;
export type AssignmentItem = Schema<"AssignmentItem">;
export type SeatItem = Schema<"SeatItem">;
export type ContactItem = Schema<"ContactItem">;
export type OpportunityItem = Schema<"OpportunityItem">;
export type FollowUpItem = Schema<"FollowUpItem">;
export type InvoiceItem = Schema<"InvoiceItem">;
export type ContractItem = Schema<"ContractItem">;
export type OrderItem = Schema<"OrderItem">;
export type ReceiptItem = Schema<"ReceiptItem">;
export type RefundItem = Schema<"ReversalItem">;
export type KeptRecord = Schema<"KeptRecord">;
export type DuplicateItem = Schema<"DuplicateItem">;
export type FilterWords = Schema<"FilterWords">;

export const listCustomers = ({ limit, cursor, sort, filters }: Ask) =>
  take(api.GET("/customers", { params: { query: { limit, cursor, sort, ...filters } } }));

export const filterWords = queryOptions({
  queryKey: ["customers", "filters"],
  queryFn: () => take(api.GET("/customers/filters")),
  staleTime: 300_000,
});

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ["customers", id],
    queryFn: () => take(api.GET("/customers/{id}", at(id))),
  });

/** One of the lists that hang on a customer. */
const attached = {
  invoices: (id: string) => take(api.GET("/customers/{id}/invoices", at(id))),
  contracts: (id: string) => take(api.GET("/customers/{id}/contracts", at(id))),
  orders: (id: string) => take(api.GET("/customers/{id}/orders", at(id))),
  receipts: (id: string) => take(api.GET("/customers/{id}/receipts", at(id))),
};

export type Attached = {
  invoices: InvoiceItem;
  contracts: ContractItem;
  orders: OrderItem;
  receipts: ReceiptItem;
};

export const attachedQuery = <What extends keyof Attached>(id: string, what: What) =>
  queryOptions({
    queryKey: ["customers", id, what],
    queryFn: () => attached[what](id) as Promise<Attached[What][]>,
  });

/** What was paid back of money that was left over. */
export const refundsQuery = (id: string) =>
  queryOptions({
    queryKey: ["customers", id, "refunds"],
    queryFn: () => take(api.GET("/customers/{id}/refunds", at(id))),
  });

/** What files said beyond the fields of the customer and what hangs on it. */
export const keptQuery = (id: string) =>
  queryOptions({
    queryKey: ["customers", id, "kept"],
    queryFn: () => take(api.GET("/customers/{id}/kept", at(id))),
  });

export const listFollowUps = (id: string, cursor?: string) =>
  take(
    api.GET("/customers/{id}/follow-ups", {
      params: { path: { id }, query: { cursor, limit: 20 } },
    }),
  );

export const findDuplicates = (name: string, credit_code?: string) =>
  take(api.GET("/customers/duplicates", { params: { query: { name, credit_code } } }));

/** The proof of a change, or the case under which it waits. */
export type Written = Schema<"Written">;

const at = (id: string) => ({ params: { path: { id } } });

export const addCustomer = (headers: Once, body: Schema<"NewCustomer">) =>
  take(api.POST("/customers", { headers, body }));

export const changeCustomer = (id: string, headers: Once, body: Schema<"CustomerChange">) =>
  take(api.POST("/customers/{id}", { ...at(id), headers, body }));

export const handOver = (id: string, headers: Once, body: Schema<"Handover">) =>
  take(api.POST("/customers/{id}/hand-over", { ...at(id), headers, body }));

/** The customer `id` becomes a duplicate of the one that stays. */
export const mergeCustomer = (id: string, headers: Once, body: Schema<"MergeInto">) =>
  take(api.POST("/customers/{id}/merge", { ...at(id), headers, body }));

/** A plan for one contract of somebody, while its customer stays where it is. */
export const drawContract = (headers: Once, contract: string, from: string) => {
  const body = { from, contract_ids: [contract], fill: false };
  return take(api.POST("/handover-plans", { headers, body }));
};

export const changeSeat = (id: string, headers: Once, body: Schema<"SeatChange">) =>
  take(api.POST("/customers/{id}/seats", { ...at(id), headers, body }));

export const addContact = (id: string, headers: Once, body: Schema<"Card">) =>
  take(api.POST("/customers/{id}/contacts", { ...at(id), headers, body }));

/** Phone and e-mail that are left out stay as they are. */
export const changeContact = (id: string, headers: Once, body: Schema<"ContactChange">) =>
  take(api.POST("/contacts/{id}", { ...at(id), headers, body }));

export const revealContact = (id: string, headers: Once, reason: string) =>
  take(api.POST("/contacts/{id}/reveal", { ...at(id), headers, body: { reason } }));

export const addFollowUp = (id: string, headers: Once, body: Schema<"NewFollowUp">) =>
  take(api.POST("/customers/{id}/follow-ups", { ...at(id), headers, body }));

export const addOpportunity = (id: string, headers: Once, body: Schema<"NewOpportunity">) =>
  take(api.POST("/customers/{id}/opportunities", { ...at(id), headers, body }));

/** The next stage, in the place of the one that was shown. */
export const setStage = (id: string, headers: Once, stage: string, seen: string) =>
  take(api.POST("/opportunities/{id}/stage", { ...at(id), headers, body: { stage, seen } }));

export const enterContract = (headers: Once, body: Schema<"NewContract">) =>
  take(api.POST("/contracts", { headers, body }));

export const enterOrder = (headers: Once, body: Schema<"NewOrder">) =>
  take(api.POST("/orders", { headers, body }));

export const enterInvoice = (headers: Once, body: Schema<"NewInvoice">) =>
  take(api.POST("/invoices", { headers, body }));

export const enterReceipt = (headers: Once, body: Schema<"NewReceipt">) =>
  take(api.POST("/receipts", { headers, body }));

/** Everything that a paper or money may change. */
export const entered = [["customers"], ["invoices"], ["receipts"], ["commission"]] as const;
