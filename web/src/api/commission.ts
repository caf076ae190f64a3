/** What somebody earned month by month: what screens of several features ask 提成历史接口. */
import { queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "./client";

export type CommissionHistory = Schema<"CommissionHistory">;
export type HistoryMonth = Schema<"HistoryMonth">;

/** Of the caller himself when nobody is named. */
export const historyQuery = (payee?: string) =>
  queryOptions({
    queryKey: ["commission", "history", payee ?? "me"],
    queryFn: () => take(api.GET("/commission-history", { params: { query: { payee } } })),
  });

/** Where a file for payroll is, for a link. */
export const payoutOf = (month: string, format: "xlsx" | "csv") =>
  `/api/v1/commission-periods/${encodeURIComponent(month)}/payout-file?format=${format}`;
