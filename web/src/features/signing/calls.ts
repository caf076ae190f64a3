/** What the server tells and takes about signing 签署页接口. */
import { queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "@/api/client";
import type { Once } from "@/ui/useAct";

export type Signing = Schema<"SigningView">;
export type Step = Schema<"SigningStep">;
export type Seat = Schema<"SigningSeat">;
export type Account = Schema<"SigningAccount">;
export type NewSignature = Schema<"NewSignature">;
export type Authority = Schema<"SigningAuthorityView">;

const at = (id: string) => ({ params: { path: { id } } });

export const signingQuery = (id: string) =>
  queryOptions({
    queryKey: ["signings", id],
    queryFn: () => take(api.GET("/signings/{id}", at(id))),
  });

export const accountQuery = queryOptions({
  queryKey: ["signing-account"],
  queryFn: () => take(api.GET("/signing-account")),
});

export const authorityQuery = queryOptions({
  queryKey: ["signing-authority"],
  queryFn: () => take(api.GET("/signing-authority")),
});

export const sign = (id: string, headers: Once, body: NewSignature) =>
  take(api.POST("/signings/{id}/sign", { ...at(id), headers, body }));

export const refuse = (id: string, headers: Once, reason: string) =>
  take(api.POST("/signings/{id}/refuse", { ...at(id), headers, body: { reason } }));

export const withdraw = (id: string, headers: Once, reason: string) =>
  take(api.POST("/signings/{id}/withdraw", { ...at(id), headers, body: { reason } }));

export const askForSeal = (id: string, headers: Once, reason: string) =>
  take(api.POST("/signings/{id}/seal", { ...at(id), headers, body: { reason } }));

export const recordPaper = (id: string, headers: Once, body: Schema<"PaperSignature">) =>
  take(api.POST("/signings/{id}/paper", { ...at(id), headers, body }));

export const agree = (headers: Once, digest: string) =>
  take(api.POST("/signing-account/consent", { headers, body: { digest } }));

export const beginFactor = (headers: Once) =>
  take(api.POST("/signing-account/factor", { headers }));

export const confirmFactor = (headers: Once, code: string) =>
  take(api.POST("/signing-account/factor/confirm", { headers, body: { code } }));

export const makeKey = (headers: Once, body: Schema<"NewKey">) =>
  take(api.POST("/signing-account/key", { headers, body }));

export const vouchKey = (id: string, headers: Once) =>
  take(api.POST("/signing-keys/{id}/vouch", { ...at(id), headers }));

export const retireKey = (headers: Once, why: string) =>
  take(api.POST("/signing-account/key/retire", { headers, body: { why } }));

export const foundAuthority = (headers: Once) => take(api.POST("/signing-authority", { headers }));

export const makeSeal = (headers: Once, entity_id: string) =>
  take(api.POST("/signing-seals", { headers, body: { entity_id } }));

export const receiptOf = (id: string, no: number) =>
  `/api/v1/signings/${encodeURIComponent(id)}/receipts/${no}`;
export const scanOf = (id: string, no: number) =>
  `/api/v1/signings/${encodeURIComponent(id)}/scans/${no}`;
export const certificateFile = "/api/v1/signing-authority/certificate";
