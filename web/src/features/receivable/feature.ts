/** Receivables: an invoice, what cleared it, and what of it was undone 应收. */
import type { Feature } from "@/ui/shell/feature";

export const receivable: Feature = {
  routes: [{ path: "/invoices/:id", lazy: () => import("./InvoicePage") }],
  places: [],
};
