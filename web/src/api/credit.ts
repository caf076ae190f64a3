/** What is left over of receipts: what it would clear, and paying it back 余款接口. */
import { queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "./client";

export type MatchOffer = Schema<"MatchOffer">;
export type NewMatch = Schema<"NewMatch">;

/** Asked anew whenever somebody looks: others may match it meanwhile. */
export const offerQuery = (id: string) =>
  queryOptions({
    queryKey: ["receipts", id, "matches"],
    queryFn: () => take(api.GET("/receipts/{id}/matches", { params: { path: { id } } })),
    gcTime: 0,
  });

export const matchCredit = (id: string, body: NewMatch, headers: { "Idempotency-Key": string }) =>
  take(api.POST("/receipts/{id}/matches", { params: { path: { id } }, headers, body }));

export const refundCredit = (
  id: string,
  body: Schema<"NewCreditRefund">,
  headers: { "Idempotency-Key": string },
) => take(api.POST("/receipts/{id}/refunds", { params: { path: { id } }, headers, body }));

/** Everything that a match may have changed. */
export const matched = [["receipts"], ["invoices"], ["customers"], ["commission"]] as const;
