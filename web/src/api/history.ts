/** What the evidence log says about one thing 主体的历史. */
import { api, take, type Schema } from "./client";
import type { Page } from "./page";

/** Entries about `subject`, such as `customer/cus_…`, newest first. */
export function historyOf(subject: string) {
  return (cursor?: string): Promise<Page<Schema<"EntryLine">>> =>
    take(api.GET("/evidence", { params: { query: { subject, cursor } } }));
}
