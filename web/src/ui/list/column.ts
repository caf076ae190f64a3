/** What a list shows of each row 列定义. */
import type { ReactNode } from "react";

export type Column<Row> = {
  /** Stable name; also the sort field of the server when `sort` is set. */
  key: string;
  title: string;
  cell: (row: Row) => ReactNode;
  sort?: boolean | "ascend" | "descend";
  align?: "right";
  width?: number;
  /** The narrowest window that shows this column: 768, 992 or 1200 pixels and up. */
  from?: "md" | "lg" | "xl";
  /** Its part on a phone's card; an ordinary line unless said otherwise. */
  card?: "title" | "tag" | "hidden";
};
