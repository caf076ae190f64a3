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

export type Mapping = { key: string; name: string; system: string };

export const listImports = ({ cursor }: Ask) => read<Page<ImportItem>>("/imports", { cursor });

export const mappingsQuery = queryOptions({
  queryKey: ["import-mappings"],
  queryFn: async () => (await read<{ items: Mapping[] }>("/import-mappings")).items,
  staleTime: Infinity,
});

export const importQuery = (id: string) =>
  queryOptions({ queryKey: ["imports", id], queryFn: () => read<ImportView>(`/imports/${id}`) });

/** Sends the files and how to read them; the answer names the batch. */
export function upload(headers: object, mapping: string, files: readonly File[]) {
  const form = new FormData();
  form.append("mapping", mapping);
  for (const file of files) form.append("file", file, file.name);
  return write<{ id: string | null }>("/imports", headers, form);
}

export const step = (id: string, verb: string, headers: object) =>
  write<{ id: string | null } | undefined>(`/imports/${id}/${verb}`, headers);
