/** What waits for one's own confirmation of commission, and what one was told 提成确认接口. */
import { queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "./client";

export type MyConfirmations = Schema<"MyConfirmations">;

export const confirmationsQuery = queryOptions({
  queryKey: ["commission", "confirmations"],
  queryFn: () => take(api.GET("/commission-confirmations")),
});
