/** Documents issued: what screens of several features ask and do 文书接口. */
import { api, ONCE, take, type Schema } from "./client";
import type { Ask, Page } from "./page";
import { uuid } from "@/lib/uuid";

export type DocumentItem = Schema<"DocumentItem">;
export type Offer = Schema<"OfferView">;

/** Where the bytes of a document are, for a link. */
export const fileOf = (id: string) => `/api/v1/documents/${encodeURIComponent(id)}/file`;

/** Documents about one thing or one person, the newest first; the first fifty. */
export const documentsOf = (about: { subject: string } | { employee: string }) =>
  take(api.GET("/documents", { params: { query: about } }));

export async function documentPage({ cursor, filters }: Ask): Promise<Page<DocumentItem>> {
  const { kind, employee, from, to } = filters;
  return take(api.GET("/documents", { params: { query: { kind, employee, from, to, cursor } } }));
}

export const documentKinds = () => take(api.GET("/document-kinds"));

/** What can be issued about a departure, and what stands in the way. */
export const offersOf = (departure: string) =>
  take(api.GET("/document-offers", { params: { query: { departure } } }));

export type Wanted = { kind: string; departure: string; because?: string };

const body = ({ kind, departure, because = "" }: Wanted) => ({
  kind,
  departure_id: departure,
  because,
});

export const issueDocument = (wanted: Wanted, headers: object) =>
  take(api.POST("/documents", { headers, body: body(wanted) } as never)) as Promise<
    Schema<"Written">
  >;

/** The PDF as it would be, marked as a preview. */
export function previewDocument(wanted: Wanted): Promise<Blob> {
  const init = { headers: { [ONCE]: uuid() }, body: body(wanted), parseAs: "blob" };
  return take(api.POST("/documents/preview", init as never)) as Promise<Blob>;
}
