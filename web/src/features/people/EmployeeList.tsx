/** The employees 员工列表. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { useCan } from "@/api/session";
import { useWords } from "@/lib/language";
import type { Say } from "@/lib/words";
import { EmptyState } from "@/ui/EmptyState";
import type { Column } from "@/ui/list/column";
import type { Filter } from "@/ui/list/filter";
import { ListPage } from "@/ui/list/ListPage";
import { StatusTag } from "@/ui/StatusTag";
import { AddEmployee } from "./AddEmployee";
import { departmentsQuery, listEmployees, type DepartmentItem, type EmployeeItem } from "./calls";
import { personState, stateTones } from "./states";
import { peopleWords } from "./words";

type W = Say<typeof peopleWords>;

const columns = (w: W): Column<EmployeeItem>[] => [
  { key: "number", title: w("number"), cell: ({ number }) => number, width: 120 },
  {
    key: "name",
    title: w("name"),
    cell: ({ id, name }) => <Link to={`/employees/${id}`}>{name}</Link>,
    card: "title",
  },
  { key: "department", title: w("department"), cell: ({ department }) => department },
  { key: "post", title: w("post"), cell: ({ post }) => post },
  {
    key: "line_manager",
    title: w("line_manager"),
    cell: ({ line_manager }) => line_manager?.name ?? "—",
  },
  { key: "phone", title: w("phone"), cell: ({ phone }) => phone ?? "—", from: "lg" },
  {
    key: "state",
    title: w("state"),
    cell: (row) => {
      const state = personState(row.state);
      return <StatusTag tone={stateTones[state]}>{w(state)}</StatusTag>;
    },
    card: "tag",
  },
];

function filters(w: W, departments: readonly DepartmentItem[] = []): Filter[] {
  const states = ["active", "notice", "left", "withdrawn"] as const;
  return [
    { kind: "search", key: "q", label: w("search"), hint: w("search_hint") },
    {
      kind: "choice",
      key: "department",
      label: w("department"),
      choices: departments.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      kind: "choice",
      key: "state",
      label: w("state"),
      choices: states.map((value) => ({ value, label: w(value) })),
    },
  ];
}

export function Component() {
  const w = useWords(peopleWords);
  const navigate = useNavigate();
  const { data: departments } = useQuery(departmentsQuery);
  const can = useCan();
  const [adding, setAdding] = useState(false);
  const add = can("people.write") && (
    <Button type="primary" onClick={() => setAdding(true)}>
      {w("add_employee")}
    </Button>
  );
  const next = !add ? "empty_why" : can("import.run") ? "empty_next" : "empty_ask";
  const actions = (
    <>
      <Button onClick={() => void navigate("/departments")}>{w("tree")}</Button>
      {add}
    </>
  );
  return (
    <>
      <ListPage<EmployeeItem>
        title={w("people")}
        note={w("note")}
        actions={actions}
        queryKey={["employees"]}
        load={listEmployees}
        columns={columns(w)}
        rowKey={({ id }) => id}
        filters={filters(w, departments)}
        empty={<EmptyState title={w("empty")} why={w(next)} />}
      />
      {adding && <AddEmployee onClose={() => setAdding(false)} />}
    </>
  );
}
