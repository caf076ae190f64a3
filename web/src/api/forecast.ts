/** What each would earn under a handover plan: what screens of several features ask 测算接口. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "./client";

export type PlanForecast = Schema<"PlanForecast">;
export type AgreedForecast = Schema<"AgreedForecast">;

/** Of the plan as it stands; the version says when it must be asked again. */
export const forecastQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ["plans", id, "forecast", version],
    queryFn: () =>
      take(api.GET("/handover-plans/{id}/forecast", { params: { path: { id } } })),
    placeholderData: keepPreviousData,
  });
