/** What the server tells and takes about decision tables 决策表接口. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "@/api/client";
import type { Once } from "@/ui/useAct";
import type { Table } from "./table";

export type TableItem = Schema<"DecisionTableItem">;
export type Fact = Schema<"TableFact">;
export type Report = Schema<"TableReport">;
export type Gap = Schema<"TableGap">;
export type Ghost = Schema<"GhostComparison">;
export type Answer = Schema<"TableAnswer">;
export type Decision = Schema<"TableDecision">;
type Wire = Schema<"TypedTable">["table"];

/** A version, its table as the editor knows it. */
export type Version = Omit<Schema<"TableVersion">, "table"> & { table?: Table | null };
export type Draft = Omit<Schema<"TableDraft">, "table"> & { table: Table };
export type TableView = Omit<Schema<"DecisionTableView">, "versions" | "draft"> & {
  versions: Version[];
  draft?: Draft | null;
};

/** The API describes a table as an object; what it holds is written down in `table.ts`. */
const wire = (table: Table) => table as unknown as Wire;
const path = (id: string) => ({ params: { path: { id } } });

export const tablesQuery = queryOptions({
  queryKey: ["rules", "tables"],
  queryFn: () => take(api.GET("/decision-tables")),
});

export const tableQuery = (id: string) =>
  queryOptions({
    queryKey: ["rules", "table", id],
    queryFn: async () => {
      const view = await take(api.GET("/decision-tables/{id}", path(id)));
      return view as unknown as TableView;
    },
  });

export const reportQuery = (table: Table) =>
  queryOptions({
    queryKey: ["rules", "report", table],
    queryFn: () => take(api.POST("/decision-tables/check", { body: { table: wire(table) } })),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });

export const ghostQuery = (id: string, month: string) =>
  queryOptions({
    queryKey: ["rules", "ghost", id, month],
    queryFn: () => {
      const params = { path: { id }, query: { month } };
      return take(api.GET("/decision-tables/{id}/ghost", { params }));
    },
  });

export const decisionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["rules", "decisions", id],
    queryFn: () => take(api.GET("/decision-tables/{id}/decisions", path(id))),
  });

export async function askTable(table: Table, given: object): Promise<Answer> {
  const body = { table: wire(table), given: given as Wire };
  return take(api.POST("/decision-tables/try", { body }));
}

export type Found = { name: string; table: Table | null; why_zh: string; why_en: string };

export async function readDmn(xml: string): Promise<Found[]> {
  const { items } = await take(api.POST("/decision-tables/read-dmn", { body: { xml } }));
  return items as unknown as Found[];
}

export async function writeDmn(id: string, version: number): Promise<string> {
  const params = { path: { id }, query: { version } };
  return take(api.GET("/decision-tables/{id}/dmn", { params, parseAs: "text" }));
}

export const beginTable = (table: Table, headers: Once) =>
  take(api.POST("/decision-tables", { headers, body: { table: wire(table) } }));
export const saveDraft = (
  id: string,
  { table, based_on }: { table: Table; based_on?: number },
  headers: Once,
) => {
  const body = { table: wire(table), based_on };
  return take(api.POST("/decision-tables/{id}/draft", { ...path(id), headers, body }));
};
export const dropDraft = (id: string, headers: Once) =>
  take(api.POST("/decision-tables/{id}/drop-draft", { ...path(id), headers }));
export const publishTable = (id: string, body: Schema<"ToPublish">, headers: Once) =>
  take(api.POST("/decision-tables/{id}/publish", { ...path(id), headers, body }));
export const retireTable = (id: string, body: Schema<"TableEnd">, headers: Once) =>
  take(api.POST("/decision-tables/{id}/retire", { ...path(id), headers, body }));

/** Everything that a change of a table may have changed. */
export const refresh = [["rules"], ["commission"]] as const;
