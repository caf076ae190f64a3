/** The rows of a list as a table whose head stays in sight 列表表格. */
import { Table, type TableColumnType } from "antd";
import type { HTMLAttributes } from "react";
import { useWords } from "@/lib/language";
import { selectLabel, uiWords } from "../words";
import type { Column } from "./column";
import { orderOf, sortOf } from "./filter";
import styles from "./ListTable.module.css";

type Props<Row> = {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  label: string;
  sort?: string | undefined;
  onSort?: (sort: string) => void;
  busy?: boolean;
  selected?: readonly string[];
  onSelect?: (keys: string[]) => void;
  /** What a row is called, for the box that chooses it. */
  rowName?: ((row: Row) => string) | undefined;
  /** Further attributes of a row, such as that it can be dragged. */
  rowProps?: (row: Row) => HTMLAttributes<HTMLElement>;
};

function asTableColumn<Row>(column: Column<Row>, sort: string | undefined): TableColumnType<Row> {
  const { key, title, cell, align, width, from } = column;
  const sorting = column.sort
    ? {
        sorter: true,
        sortOrder: orderOf(sort, key),
        showSorterTooltip: false,
        ...(column.sort !== true && { sortDirections: [column.sort] }),
      }
    : {};
  return {
    key,
    title,
    ...(align && { align }),
    ...(width && { width }),
    ...(from && { responsive: [from] }),
    render: (_, row) => cell(row),
    ...sorting,
  };
}

export function ListTable<Row extends object>(props: Props<Row>) {
  const { columns, rows, rowKey, sort, onSort, label, busy = false } = props;
  const { selected, onSelect, rowName, rowProps } = props;
  const w = useWords(uiWords);
  return (
    <Table<Row>
      className={styles.table}
      aria-label={label}
      size="middle"
      columns={columns.map((column) => asTableColumn(column, sort))}
      dataSource={[...rows]}
      rowKey={rowKey}
      loading={busy}
      pagination={false}
      {...(rowProps && { onRow: rowProps })}
      onChange={(_pages, _filters, sorter) => {
        const one = Array.isArray(sorter) ? sorter[0] : sorter;
        onSort?.(sortOf(String(one?.columnKey), one?.order));
      }}
      {...(onSelect && {
        rowSelection: {
          selectedRowKeys: [...(selected ?? [])],
          onChange: (keys) => onSelect(keys.map(String)),
          // Ant Design would name the boxes in English.
          getTitleCheckboxProps: () => ({ "aria-label": w("select_all") }),
          getCheckboxProps: (row) => ({ "aria-label": selectLabel(w, rowName?.(row)) }),
        },
      })}
    />
  );
}
