/** What the server tells and takes about imports 导入接口. */
import { queryOptions } from "@tanstack/react-query";
import { read, write } from "@/api/ahead";
import type { Ask, Page } from "@/api/page";

export type BatchState = "staged" | "committed" | "undone" | "discarded";

export type ImportItem = {
  id: string;
  title: string;
  system: string;
  state: BatchState;
  state_zh: string;
  files: string[];
  records: number;
  refused: number;
  staged_by: string;
  staged_at: string;
  committed_at: string | null;
  undone_at: string | null;
};

export type Source = {
  file: string;
  sheet: string;
  encoding: string;
  rows: number;
  used: number;
  refused: number;
  filtered: number;
  blank: number;
  consulted: number;
};

export type Finding = {
  severity: string;
  code: string;
  file: string;
  sheet: string;
  rows: number[];
  row_count: number;
  column: string;
  value: string;
  reason: string;
  reason_en: string;
  remedy: string;
  remedy_en: string;
};

/** Amounts are plain yuan; none where the kind has no money. */
export type KindTotals = {
  kind: string;
  kind_zh: string;
  staged: number;
  staged_amount: string | null;
  booked: number;
  booked_amount: string | null;
};

export type ImportView = {
  batch: ImportItem;
  sources: Source[];
  kinds: KindTotals[];
  findings: Finding[];
};

/** The first rows of a file; or why it cannot be read. */
export type Preview = {
  file: string;
  sheet: string;
  encoding: string | null;
  header: string[];
  rows: string[][];
  problem: Finding | null;
};

export type Mapping = { key: string; name: string; system: string };

export const listImports = ({ cursor }: Ask) => read<Page<ImportItem>>("/imports", { cursor });

export const mappingsQuery = queryOptions({
  queryKey: ["import-mappings"],
  queryFn: async () => (await read<{ items: Mapping[] }>("/import-mappings")).items,
  staleTime: Infinity,
});

export const importQuery = (id: string) =>
  queryOptions({ queryKey: ["imports", id], queryFn: () => read<ImportView>(`/imports/${id}`) });

/** How far a piece of work is; `of` is 0 while nobody knows. */
export type Progress = {
  phase: "idle" | "reading" | "writing" | "undoing";
  done: number;
  of: number;
};

/** Asked about again and again; `of` is a batch or the name given with an upload. */
export const progressQuery = (of: string) =>
  queryOptions({
    queryKey: ["import-progress", of],
    queryFn: () => read<Progress>(`/import-progress/${encodeURIComponent(of)}`),
    refetchInterval: ({ state }) => (state.data?.phase === "idle" ? 3_000 : 700),
    gcTime: 0,
  });

/** Where the refused rows can be had as a file. */
export const refusedFile = (id: string, format: "csv" | "xlsx", lang: string) =>
  `/api/v1/imports/${id}/refused?format=${format}&lang=${lang}`;

export const step = (id: string, verb: string, headers: object) =>
  write<{ id: string | null } | undefined>(`/imports/${id}/${verb}`, headers);
