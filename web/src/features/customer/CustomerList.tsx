/** The customers one may see 客户列表. */
import { api, take, type Schema } from "@/api/client";
import type { Ask } from "@/api/page";
import { useWords } from "@/lib/language";
import type { Say } from "@/lib/words";
import { DayText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import type { Column } from "@/ui/list/column";
import type { Filter } from "@/ui/list/filter";
import { ListPage } from "@/ui/list/ListPage";
import { Money } from "@/ui/Money";
import { StatusTag } from "@/ui/StatusTag";
import { customerWords } from "./words";

type Row = Schema<"CustomerRow">;
type W = Say<typeof customerWords>;

const load = ({ limit, cursor, sort, filters }: Ask) =>
  take(api.GET("/customers", { params: { query: { limit, cursor, sort, ...filters } } }));

const columns = (w: W): Column<Row>[] => [
  { key: "number", title: w("number"), cell: ({ number }) => number, from: "lg", sort: true },
  {
    key: "name",
    title: w("name"),
    cell: ({ name }) => name,
    sort: true,
    card: "title",
  },
  { key: "owner", title: w("owner"), cell: ({ owner }) => owner?.name ?? w("pool") },
  { key: "region", title: w("region"), cell: ({ region }) => region, from: "md" },
  { key: "industry", title: w("industry"), cell: ({ industry }) => industry, from: "xl" },
  {
    key: "tier",
    title: w("tier"),
    cell: ({ tier }) => <StatusTag tone="plain">{tier}</StatusTag>,
    card: "tag",
  },
  {
    key: "open_receivable",
    title: w("receivable"),
    cell: ({ open_receivable }) => <Money of={open_receivable} />,
    align: "right",
    sort: true,
  },
  {
    key: "overdue_days",
    title: w("overdue"),
    cell: ({ overdue_days: days }) => (
      <StatusTag tone={days > 90 ? "bad" : days > 0 ? "warn" : "good"}>
        {days > 0 ? w("overdue_days", { days }) : w("not_overdue")}
      </StatusTag>
    ),
    sort: true,
  },
  {
    key: "last_follow_up_on",
    title: w("last_follow_up"),
    cell: ({ last_follow_up_on: day }) => <DayText of={day} />,
    sort: true,
  },
];

const filters = (w: W): Filter[] => [
  { kind: "search", key: "q", label: w("search"), hint: w("search_hint") },
];

export function Component() {
  const w = useWords(customerWords);
  return (
    <ListPage<Row>
      title={w("customers")}
      note={w("note")}
      queryKey={["customers"]}
      load={load}
      columns={columns(w)}
      rowKey={({ id }) => id}
      filters={filters(w)}
      empty={<EmptyState title={w("empty")} why={w("empty_why")} />}
    />
  );
}
