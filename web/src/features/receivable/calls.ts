/** What the server tells and takes about an invoice 应收接口. */
import { queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "@/api/client";
import type { Once } from "@/ui/useAct";

export type Invoice = Schema<"InvoiceView">;
export type Reversal = Schema<"ReversalItem">;
export type CameBy = Schema<"CameByItem">;
export type Responsibility = Schema<"ResponsibilityItem">;

export const invoiceQuery = (id: string) =>
  queryOptions({
    queryKey: ["invoices", id],
    queryFn: () => take(api.GET("/invoices/{id}", at(id))),
  });

export const reverse = (body: Schema<"NewReversal">, headers: Once) =>
  take(api.POST("/reversals", { headers, body }));

const at = (id: string) => ({ params: { path: { id } } });

export const dispute = (id: string, body: Schema<"Dispute">, headers: Once) =>
  take(api.POST("/invoices/{id}/dispute", { ...at(id), headers, body }));

export const appoint = (id: string, body: Schema<"Appointment">, headers: Once) =>
  take(api.POST("/invoices/{id}/responsible", { ...at(id), headers, body }));

export type ReversalPreview = Schema<"ReversalPreview">;

/** What recording it would take back; the body as JSON names the answer. */
export const previewQuery = (body: string) =>
  queryOptions({
    queryKey: ["invoices", "preview", body],
    queryFn: () =>
      take(
        api.POST("/reversals/preview", {
          body: JSON.parse(body) as Schema<"TriedReversal">,
        }),
      ),
    enabled: body !== "",
    retry: false,
    gcTime: 0,
  });

/** Everything that an act on an invoice may have changed. */
export const refresh = [["invoices"], ["customers"], ["commission"]] as const;
