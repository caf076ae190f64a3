/** What the server tells and takes about an invoice 应收接口. */
import { queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "@/api/client";
import type { Once } from "@/ui/useAct";

export type Invoice = Schema<"InvoiceView">;
export type Reversal = Schema<"ReversalItem">;
export type CameBy = Schema<"CameByItem">;

export const invoiceQuery = (id: string) =>
  queryOptions({
    queryKey: ["invoices", id],
    queryFn: () => take(api.GET("/invoices/{id}", { params: { path: { id } } })),
  });

export const reverse = (body: Schema<"NewReversal">, headers: Once) =>
  take(api.POST("/reversals", { headers, body }));

/** Everything that a refund or a bad debt may have changed. */
export const refresh = [["invoices"], ["customers"], ["commission"]] as const;
