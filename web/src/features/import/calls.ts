/** What the server tells and takes about imports 导入接口. */
import { queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "@/api/client";
import type { Ask } from "@/api/page";
import type { Once } from "@/ui/useAct";

export type BatchState = Schema<"BatchState">;
export type ImportItem = Schema<"ImportItem">;
export type ImportView = Schema<"ImportView">;
export type Source = Schema<"SourceView">;
export type Finding = Schema<"Finding">;
/** Amounts are plain yuan; none where the kind has no money. */
export type KindTotals = Schema<"ImportKind">;
export type OwnerTotals = Schema<"OwnerView">;
/** The first rows of a file; or why it cannot be read. */
export type Preview = Schema<"FilePreview">;

/** A mapping that comes with the program, and what it asks of the files. */
export type Shipped = Schema<"Shipped">;
export type Template = Schema<"ImportTemplate">;
/** A mapping drawn up by the column names of files. */
export type Draft = Schema<"ImportDraft">;
export type DraftFile = Schema<"ImportDraftFile">;

export const listImports = ({ cursor }: Ask) =>
  take(api.GET("/imports", { params: { query: { cursor } } }));

export const mappingsQuery = queryOptions({
  queryKey: ["import-mappings"],
  queryFn: () => take(api.GET("/import-mappings")),
  staleTime: Infinity,
});

const at = (id: string) => ({ params: { path: { id } } });

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ["imports", id],
    queryFn: () => take(api.GET("/imports/{id}", at(id))),
  });

/**
 * How far a piece of work is, asked about again and again; `of` is a batch or the name given with
 * an upload.
 */
export const progressQuery = (of: string) =>
  queryOptions({
    queryKey: ["import-progress", of],
    queryFn: () => take(api.GET("/import-progress/{of}", { params: { path: { of } } })),
    refetchInterval: ({ state }) => (state.data?.phase === "idle" ? 3_000 : 700),
    gcTime: 0,
  });

/** Where the refused rows can be had as a file. */
export const refusedFile = (id: string, format: "csv" | "xlsx", lang: string) =>
  `/api/v1/imports/${id}/refused?format=${format}&lang=${lang}`;

export const commitBatch = (id: string, headers: Once) =>
  take(api.POST("/imports/{id}/commit", { ...at(id), headers }));

export const undoBatch = (id: string, headers: Once) =>
  take(api.POST("/imports/{id}/undo", { ...at(id), headers }));

export const discardBatch = (id: string, headers: Once) =>
  take(api.POST("/imports/{id}/discard", { ...at(id), headers }));
