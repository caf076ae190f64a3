/** Documents issued: what screens of several features ask and do 文书接口. */
import { api, ONCE, take, type Schema } from "./client";
import type { Ask, Page } from "./page";
import { uuid } from "@/lib/uuid";

export type DocumentItem = Schema<"DocumentItem">;
export type Offer = Schema<"OfferView">;
export type PlanOffers = Schema<"PlanOffers">;
export type PlanOffer = Schema<"PlanOffer">;
export type PlanPart = Schema<"PlanPart">;

/** Where the bytes of a document are, for a link. */
export const fileOf = (id: string) => `/api/v1/documents/${encodeURIComponent(id)}/file`;

/** Documents about one thing or one person, the newest first; the first fifty. */
export const documentsOf = (about: { subject: string } | { employee: string } | { plan: string }) =>
  take(api.GET("/documents", { params: { query: about } }));

export async function documentPage({ cursor, filters }: Ask): Promise<Page<DocumentItem>> {
  const { kind, employee, from, to } = filters;
  return take(api.GET("/documents", { params: { query: { kind, employee, from, to, cursor } } }));
}

export const documentKinds = () => take(api.GET("/document-kinds"));

/** What can be issued about a departure, and what stands in the way. */
export const offersOf = (departure: string) =>
  take(api.GET("/document-offers", { params: { query: { departure } } }));

/** What can be issued about a handover plan, its customers and its receivers. */
export const planOffersOf = (plan: string) =>
  take(api.GET("/plan-document-offers", { params: { query: { plan } } }));

/** What a document is about: a departure, or a plan with one customer or receiver of it. */
export type AboutWhat =
  | { departure: string }
  | { plan: string; customer?: string | undefined; receiver?: string | undefined };

export type Wanted = {
  kind: string;
  about: AboutWhat;
  typed?: Record<string, unknown>;
  because?: string;
};

const body = ({ kind, about, typed = {}, because = "" }: Wanted) =>
  "departure" in about
    ? { kind, departure_id: about.departure, typed, because }
    : {
        kind,
        plan_id: about.plan,
        ...(about.customer && { customer_id: about.customer }),
        ...(about.receiver && { receiver_id: about.receiver }),
        typed,
        because,
      };

export const issueDocument = (wanted: Wanted, headers: object) =>
  take(api.POST("/documents", { headers, body: body(wanted) } as never)) as Promise<
    Schema<"Written">
  >;

/** The same from a run over many, each under a name of its own. */
export const issueOne = (wanted: Wanted) => issueDocument(wanted, { [ONCE]: uuid() });

/** The PDF as it would be, marked as a preview. */
export function previewDocument(wanted: Wanted): Promise<Blob> {
  const init = { headers: { [ONCE]: uuid() }, body: body(wanted), parseAs: "blob" };
  return take(api.POST("/documents/preview", init as never)) as Promise<Blob>;
}
