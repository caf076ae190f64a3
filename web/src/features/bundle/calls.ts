/** What the server tells and takes about bundles 存证包接口. */
import { queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "@/api/client";
import type { Once } from "@/ui/useAct";

export type Preview = Schema<"BundlePreview">;
export type PreviewRecord = Schema<"PreviewRecord">;
export type PreviewDocument = Schema<"PreviewDocument">;
export type BundleItem = Schema<"BundleItem">;
export type NewBundle = Schema<"NewBundle">;

const at = (id: string) => ({ params: { path: { id } } });

export const previewQuery = (id: string) =>
  queryOptions({
    queryKey: ["bundles", id],
    queryFn: () => take(api.GET("/departures/{id}/bundle-preview", at(id))),
    // What was looked at is what goes out; a look of yesterday must not.
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

export const exportBundle = (id: string, headers: Once, body: NewBundle) =>
  take(api.POST("/departures/{id}/bundles", { ...at(id), headers, body }));

/** Where a bundle is downloaded; the browser carries the session. */
export const fileOf = (id: string) => `/api/v1/bundles/${encodeURIComponent(id)}/file`;
