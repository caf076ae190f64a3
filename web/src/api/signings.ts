/** Signatures on documents: what screens of several features ask and do 签署接口. */
import { queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "./client";

export type SigningItem = Schema<"SigningItem">;
export type SigningBrief = Schema<"SigningBrief">;
export type SigningOffer = Schema<"SigningOffer">;
export type NewSigning = Schema<"NewSigning">;
export type SigningVerdict = Schema<"SigningVerdict">;

/** What waits for one's signature, and for HR also what waits for the company's seal. */
export const waitingQuery = queryOptions({
  queryKey: ["signings", "waiting"],
  queryFn: () => take(api.GET("/signings/waiting")),
});

/** What was refused lately, for whoever asks for signatures. */
export const refusedQuery = queryOptions({
  queryKey: ["signings", "refused"],
  queryFn: () => take(api.GET("/signings/refused")),
});

/** What the verifier says of the signatures inside a document. */
export const verdictQuery = (id: string) =>
  queryOptions({
    queryKey: ["signings", id, "verdict"],
    queryFn: () => take(api.GET("/signings/{id}/verdict", { params: { path: { id } } })),
  });

/** Who would sign a document, by its kind. */
export const signingOfferQuery = (document: string) =>
  queryOptions({
    queryKey: ["signings", "offer", document],
    queryFn: () => take(api.GET("/signing-offers", { params: { query: { document } } })),
  });

export const requestSigning = (headers: object, body: NewSigning) =>
  take(api.POST("/signings", { headers, body } as never)) as Promise<Schema<"Written">>;

/** Where the document lies as it is now, with the signatures inside it. */
export const signedFileOf = (id: string) => `/api/v1/signings/${encodeURIComponent(id)}/file`;
