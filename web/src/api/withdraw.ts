/** A paper that was entered by mistake is taken back 误录撤回接口. */
import { api, take, type Schema } from "./client";

/** What can be entered by hand, as its lists are called. */
export type PaperList =
  | "contracts"
  | "orders"
  | "invoices"
  | "receipts"
  | "reversals"
  /** Refunds of what was left over. */
  | "refunds";

type Once = { "Idempotency-Key": string };

export function withdraw(list: PaperList, id: string, body: Schema<"TakenBack">, headers: Once) {
  const call = { params: { path: { id } }, headers, body };
  switch (list) {
    case "contracts":
      return take(api.POST("/contracts/{id}/withdraw", call));
    case "orders":
      return take(api.POST("/orders/{id}/withdraw", call));
    case "invoices":
      return take(api.POST("/invoices/{id}/withdraw", call));
    case "receipts":
      return take(api.POST("/receipts/{id}/withdraw", call));
    case "reversals":
    case "refunds":
      return take(api.POST("/reversals/{id}/withdraw", call));
  }
}
