/** A page that is a list: filters, rows, more rows, and a word when there are none 列表页. */
import { keepPreviousData, useInfiniteQuery, type QueryKey } from "@tanstack/react-query";
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import type { Ask, Page } from "@/api/page";
import { useWords } from "@/lib/language";
import { EmptyState } from "../EmptyState";
import { ErrorState } from "../ErrorState";
import { Loading } from "../Loading";
import { PageHeader } from "../PageHeader";
import { Panel } from "../Panel";
import { useNarrow } from "../useNarrow";
import { uiWords } from "../words";
import type { Column } from "./column";
import type { Filter } from "./filter";
import { FilterBar } from "./FilterBar";
import { ListCards } from "./ListCards";
import styles from "./ListPage.module.css";
import { ListTable } from "./ListTable";
import { useListAddress, type ListAddress } from "./useListAddress";

const PAGE_SIZE = 50;

type Props<Row> = {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  /** Between the head and the list: figures, a warning. */
  lead?: ReactNode;
  /** Names the list in the query cache; refresh it by this key. */
  queryKey: QueryKey;
  load: (ask: Ask) => Promise<Page<Row>>;
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  filters?: readonly Filter[];
  /** What to show when there is nothing at all, not even unfiltered. */
  empty: ReactNode;
  /** Lets rows be chosen; gets the chosen ones and a way to let go of them. */
  bulk?: (rows: Row[], done: () => void) => ReactNode;
  /** What a row is called, for the box that chooses it. */
  rowName?: (row: Row) => string;
};

export function ListPage<Row extends object>(props: Props<Row>) {
  const { title, note, actions, lead } = props;
  return (
    <>
      <PageHeader title={title} note={note} actions={actions} />
      {lead}
      <Panel flush>
        <List {...props} />
      </Panel>
    </>
  );
}

function useRows<Row>(
  queryKey: QueryKey,
  load: Props<Row>["load"],
  { filters, sort }: ListAddress,
) {
  return useInfiniteQuery({
    queryKey: [...queryKey, "list", filters, sort],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => load({ limit: PAGE_SIZE, cursor: pageParam, sort, filters }),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** The list without a page around it, for a tab or a drawer. */
export function List<Row extends object>(props: Omit<Props<Row>, "note" | "actions" | "lead">) {
  const { title, queryKey, load, columns, rowKey, filters = [], empty, bulk } = props;
  const w = useWords(uiWords);
  const narrow = useNarrow();
  const address = useListAddress(filters);
  const [selected, setSelected] = useState<string[]>([]);
  const query = useRows(queryKey, load, address);

  const rows = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const chosen = rows.filter((row) => selected.includes(rowKey(row)));
  const choosing = bulk && { selected, onSelect: setSelected, rowName: props.rowName };
  const nothing = address.filtered ? (
    <EmptyState
      title={w("nothing_found")}
      why={w("nothing_found_why")}
      next={<Button onClick={address.clear}>{w("clear")}</Button>}
    />
  ) : (
    empty
  );

  return (
    <>
      {filters.length > 0 && <FilterBar filters={filters} address={address} />}
      {bulk && chosen.length > 0 && (
        <div className={styles.chosen} role="status">
          <span>{w("selected", { count: chosen.length })}</span>
          {bulk(chosen, () => setSelected([]))}
          <Button type="link" onClick={() => setSelected([])}>
            {w("unselect")}
          </Button>
        </div>
      )}
      {query.isPending && <Loading />}
      {query.isError && (
        <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && rows.length === 0 && nothing}
      {rows.length > 0 &&
        (narrow ? (
          <ListCards columns={columns} rows={rows} rowKey={rowKey} label={title} {...choosing} />
        ) : (
          <ListTable
            columns={columns}
            rows={rows}
            rowKey={rowKey}
            sort={address.sort}
            onSort={(sort) => address.put("sort", sort)}
            label={title}
            busy={query.isPlaceholderData}
            {...choosing}
          />
        ))}
      {rows.length > 0 && (
        <div className={styles.foot}>
          <span role="status">
            {w(query.hasNextPage ? "shown" : "shown_all", { count: rows.length })}
          </span>
          {query.hasNextPage && (
            <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {w("more")}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
