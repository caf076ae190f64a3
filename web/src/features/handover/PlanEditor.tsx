/** The lines of a plan beside the people who may take them 方案编辑. */
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { App, Button, Select } from "antd";
import { useState, type DragEvent, type ReactNode } from "react";
import type { PersonName } from "@/api/people";
import { useLanguage, useWords } from "@/lib/language";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";
import type { Filter } from "@/ui/list/filter";
import { FilterBar } from "@/ui/list/FilterBar";
import { ListCards } from "@/ui/list/ListCards";
import { ListTable } from "@/ui/list/ListTable";
import { useListAddress } from "@/ui/list/useListAddress";
import { Loading } from "@/ui/Loading";
import { Panel } from "@/ui/Panel";
import { TABLET, useNarrow } from "@/ui/useNarrow";
import { candidates, changesNothing, doneWord, dragged, keyOf, lineOf } from "./assigning";
import { listItems, type ItemView, type Line, type PlanChange, type PlanView } from "./calls";
import { ContractsButton } from "./ContractsDialog";
import { DRAGGED } from "./dragged";
import styles from "./handover.module.css";
import { itemColumns, labelOf } from "./itemColumns";
import { kinds, useKindName } from "./kinds";
import { usePlan } from "./PlanActions";
import { RuleButtons } from "./RuleButtons";
import { Successors } from "./Successors";
import { handoverWords } from "./words";

function useItems(id: string, filters: Record<string, string>) {
  return useInfiniteQuery({
    queryKey: ["plans", id, "items", filters],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => listItems(id, filters, pageParam),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

function useFilters(of: PlanView, people: readonly PersonName[]): Filter[] {
  const w = useWords(handoverWords);
  const nameOf = useKindName();
  const found = kinds.filter((kind) => of.preview.total.by_kind[kind]);
  return [
    { kind: "search", key: "q", label: w("search"), hint: w("search_hint") },
    {
      kind: "choice",
      key: "successor",
      label: w("successor"),
      choices: [
        { value: "none", label: w("nobody") },
        ...people.map(({ id, name }) => ({ value: id, label: name })),
      ],
    },
    {
      kind: "choice",
      key: "kind",
      label: w("kind"),
      choices: found.map((kind) => ({ value: kind, label: nameOf(kind) })),
    },
  ];
}

/** Changes the plan; what would change nothing is not sent. */
function useChange(of: PlanView, items: readonly ItemView[], onDone: () => void) {
  const w = useWords(handoverWords);
  const { message } = App.useApp();
  const said = ({ change }: { change: PlanChange }) => w(doneWord(change, of.state !== "draft"));
  const { mutate, isPending } = usePlan(of, "edit", said, onDone);
  const change = (wanted: PlanChange) => {
    if (changesNothing(wanted, of, items)) void message.info(w("no_change"));
    else mutate({ version: of.version, change: wanted });
  };
  return { change, isPending };
}

export function PlanEditor({ of }: { of: PlanView }) {
  const w = useWords(handoverWords);
  const narrow = useNarrow(TABLET);
  const [selected, setSelected] = useState<string[]>([]);
  const [called, setCalled] = useState<PersonName[]>([]);
  const sharers = of.preview.shares.map(({ successor }) => successor);
  const filters = useFilters(of, sharers);
  const address = useListAddress(filters);
  const query = useItems(of.id, address.filters);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const { change, isPending } = useChange(of, items, () => setSelected([]));
  const mayEdit = of.may.includes("edit");
  const chosen = items.filter((item) => selected.includes(keyOf(item))).map(lineOf);
  const assign = (lines: Line[], successor_id: string) =>
    change({ change: "assign", lines, successor_id });
  const people = candidates(of.preview.shares, mayEdit ? items : [], called, of.from?.id);
  return (
    <div className={styles.editor}>
      <Panel flush title={w("items")} extra={mayEdit && <RuleButtons of={of} onChange={change} />}>
        {mayEdit && (
          <p className={styles.hint}>{w(narrow ? "items_hint_narrow" : "items_hint")}</p>
        )}
        <FilterBar filters={filters} address={address} />
        <ChosenBar
          chosen={chosen}
          people={people}
          onAssign={assign}
          onClear={() => change({ change: "clear", lines: chosen })}
        />
        {query.isPending && <Loading />}
        {query.isError && (
          <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
        )}
        {query.isSuccess && items.length === 0 && (
          <EmptyState title={w("nothing")} why={w("nothing_why")} />
        )}
        {items.length > 0 && (
          <Items
            items={items}
            busy={isPending || query.isPlaceholderData}
            selected={selected}
            onSelect={mayEdit ? setSelected : undefined}
            onTake={mayEdit ? assign : undefined}
            onContracts={mayEdit ? (row) => <ContractsButton of={of} row={row} /> : undefined}
          />
        )}
        {query.hasNextPage && (
          <div className={styles.more}>
            <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {w("more")}
            </Button>
          </div>
        )}
      </Panel>
      <Successors
        of={of}
        people={people}
        chosen={chosen}
        mayEdit={mayEdit}
        onAssign={assign}
        onClear={(successor_id) => change({ change: "clear_successor", successor_id })}
        onCall={(person) => setCalled([...called, person])}
      />
    </div>
  );
}

type ChosenProps = {
  chosen: Line[];
  people: readonly PersonName[];
  onAssign: (lines: Line[], successor: string) => void;
  onClear: () => void;
};

/** What can be done with the chosen lines, in sight while the table is scrolled. */
function ChosenBar({ chosen, people, onAssign, onClear }: ChosenProps) {
  const w = useWords(handoverWords);
  if (chosen.length === 0) return null;
  const label = w("assign_chosen", { count: chosen.length });
  return (
    <div className={styles.chosen}>
      <Select
        aria-label={label}
        placeholder={label}
        value={null}
        onChange={(id: string | null) => id && onAssign(chosen, id)}
        options={people.map(({ id, name, number }) => ({ value: id, label: `${name} ${number}` }))}
      />
      <Button onClick={onClear}>{w("clear_chosen", { count: chosen.length })}</Button>
    </div>
  );
}

type ItemsProps = {
  items: readonly ItemView[];
  busy: boolean;
  selected: string[];
  onSelect: ((keys: string[]) => void) | undefined;
  onTake: ((lines: Line[], successor: string) => void) | undefined;
  onContracts: ((row: ItemView) => ReactNode) | undefined;
};

function Items({ items, busy, selected, onSelect, onTake, onContracts }: ItemsProps) {
  const w = useWords(handoverWords);
  const narrow = useNarrow(TABLET);
  const nameOf = useKindName();
  const language = useLanguage();
  const common = {
    label: w("items"),
    columns: itemColumns(w, nameOf, onTake, onContracts),
    rows: items,
    rowKey: keyOf,
    rowName: (row: ItemView) => labelOf(row, language),
    ...(onSelect && { selected, onSelect }),
  };
  if (narrow) return <ListCards {...common} />;
  const rowProps = (row: ItemView) => ({
    draggable: true,
    onDragStart: (event: DragEvent) => {
      const lines = dragged(row, items, selected);
      event.dataTransfer.setData(DRAGGED, JSON.stringify(lines));
      event.dataTransfer.effectAllowed = "move";
    },
  });
  return <ListTable {...common} busy={busy} {...(onSelect && { rowProps })} />;
}
