/** A short list inside a record: a table, or cards on a phone 记录内列表. */
import type { ReactNode } from "react";
import { useNarrow } from "../useNarrow";
import type { Column } from "./column";
import { ListCards } from "./ListCards";
import { ListTable } from "./ListTable";

type Props<Row> = {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  empty: ReactNode;
};

export function Rows<Row extends object>({ label, columns, rows, rowKey, empty }: Props<Row>) {
  const narrow = useNarrow();
  if (rows.length === 0) return empty;
  if (narrow) return <ListCards {...{ label, columns, rows, rowKey }} />;
  return <ListTable {...{ label, columns, rows, rowKey }} />;
}
