/** The customers one may see 客户列表. */
import { skipToken, useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useCan, useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import type { Say } from "@/lib/words";
import { DayText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import type { Column } from "@/ui/list/column";
import type { Choice, Filter } from "@/ui/list/filter";
import { ListPage } from "@/ui/list/ListPage";
import { Money } from "@/ui/Money";
import { Quiet } from "@/ui/Quiet";
import { StatusTag } from "@/ui/StatusTag";
import { AddCustomer } from "./AddCustomer";
import { filterWords, listCustomers, type CustomerItem, type FilterWords } from "./calls";
import { customerWords } from "./words";

type W = Say<typeof customerWords>;

const columns = (w: W): Column<CustomerItem>[] => [
  { key: "number", title: w("number"), cell: ({ number }) => number, from: "xl", width: 110 },
  {
    key: "name",
    title: w("name"),
    cell: ({ id, name }) => <Link to={`/customers/${id}`}>{name}</Link>,
    sort: "ascend",
    card: "title",
  },
  { key: "owner", title: w("owner"), cell: ({ owner }) => owner?.name ?? w("pool") },
  {
    key: "owned_since",
    title: w("owned_since"),
    cell: ({ owned_since }) => <DayText of={owned_since} />,
    sort: "descend",
    from: "lg",
    card: "hidden",
  },
  {
    key: "region",
    title: w("region"),
    cell: ({ region }) => region || "—",
    from: "md",
    card: "hidden",
  },
  {
    key: "industry",
    title: w("industry"),
    cell: ({ industry }) => industry || "—",
    from: "xl",
    card: "hidden",
  },
  {
    key: "tier",
    title: w("tier"),
    cell: ({ tier }) => (tier ? <StatusTag tone="plain">{tier}</StatusTag> : null),
    card: "tag",
  },
  {
    key: "open",
    title: w("receivable"),
    cell: ({ open }) => <Money of={open} />,
    align: "right",
  },
  {
    key: "overdue_days",
    title: w("overdue"),
    cell: ({ overdue_days: days }) =>
      days > 0 ? (
        <StatusTag tone={days > 90 ? "bad" : "warn"}>{w("overdue_days", { days })}</StatusTag>
      ) : (
        <Quiet>{w("not_overdue")}</Quiet>
      ),
  },
  {
    key: "last_follow_up_on",
    title: w("last_follow_up"),
    cell: ({ last_follow_up_on: day }) => <DayText of={day} />,
  },
];

/** Whose customers a link asks for beyond the choices of everybody; any row bears the name. */
function useLinked(me: string | null | undefined): Choice[] {
  const w = useWords(customerWords);
  const owner = useSearchParams()[0].get("owner");
  const linked = owner === "none" || owner === me ? null : owner;
  const { data } = useQuery({
    queryKey: ["customers", "owned_by", linked],
    queryFn: linked ? () => listCustomers({ limit: 1, filters: { owner: linked } }) : skipToken,
  });
  if (!linked) return [];
  return [{ value: linked, label: data?.items[0]?.owner?.name ?? w("one_owner") }];
}

function filters(
  w: W,
  used: FilterWords | undefined,
  me: string | null | undefined,
  linked: Choice[],
): Filter[] {
  const choices = (texts: string[] = []) => texts.map((text) => ({ value: text, label: text }));
  const owners = [
    ...(me ? [{ value: me, label: w("mine") }] : []),
    { value: "none", label: w("pool") },
    ...linked,
  ];
  return [
    { kind: "search", key: "q", label: w("search"), hint: w("search_hint") },
    { kind: "choice", key: "owner", label: w("owner"), choices: owners },
    { kind: "choice", key: "region", label: w("region"), choices: choices(used?.regions) },
    { kind: "choice", key: "industry", label: w("industry"), choices: choices(used?.industries) },
    { kind: "choice", key: "tier", label: w("tier"), choices: choices(used?.tiers) },
  ];
}

export function Component() {
  const w = useWords(customerWords);
  const can = useCan();
  const { login } = useSession();
  const { data: used } = useQuery(filterWords);
  const linked = useLinked(login.employee_id);
  const [adding, setAdding] = useState(false);
  const imports = can("import.run");
  const add = can("customer.add") && (
    <Button type="primary" onClick={() => setAdding(true)}>
      {w("add")}
    </Button>
  );
  return (
    <>
      <ListPage<CustomerItem>
        title={w("customers")}
        note={w("note")}
        actions={add}
        queryKey={["customers"]}
        load={listCustomers}
        columns={columns(w)}
        rowKey={({ id }) => id}
        filters={filters(w, used, login.employee_id, linked)}
        empty={
          <EmptyState
            title={w("empty")}
            why={w(add ? "empty_add_why" : imports ? "empty_import_why" : "empty_why")}
            next={add || (imports && <Link to="/imports">{w("to_imports")}</Link>)}
          />
        }
      />
      {adding && <AddCustomer onClose={() => setAdding(false)} />}
    </>
  );
}
