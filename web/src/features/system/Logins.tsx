/** Logins, the roles they hold, and whether they are open 账号与角色页. */
import { useQuery } from "@tanstack/react-query";
import { App, Button, Space } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { api, take, type Schema } from "@/api/client";
import type { Ask } from "@/api/page";
import { useLanguage, useWords } from "@/lib/language";
import { listed } from "@/lib/marks";
import type { Say } from "@/lib/words";
import { EmptyState } from "@/ui/EmptyState";
import type { Column } from "@/ui/list/column";
import type { Filter } from "@/ui/list/filter";
import { ListPage } from "@/ui/list/ListPage";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import { AddLogin, ResetButton } from "./FirstPassword";
import { matrixQuery } from "./matrix";
import { RoleDialog } from "./RoleDialog";
import { systemWords } from "./words";

type Row = Schema<"LoginItem">;
type W = Say<typeof systemWords>;

const load = ({ cursor, filters }: Ask) =>
  take(api.GET("/logins", { params: { query: { q: filters.q ?? "", cursor } } }));

function StateTag({ of, w }: { of: Row; w: W }) {
  if (!of.active) return <StatusTag tone="bad">{w("closed")}</StatusTag>;
  if (of.mode === "handover") return <StatusTag tone="warn">{w("mode_handover")}</StatusTag>;
  if (of.mode === "suspended") return <StatusTag tone="bad">{w("mode_suspended")}</StatusTag>;
  if (of.must_change_password) return <StatusTag tone="busy">{w("first_time")}</StatusTag>;
  return <StatusTag tone="good">{w("open")}</StatusTag>;
}

function columns(w: W, nameOf: (role: string) => string, onRoles: (row: Row) => void) {
  return [
    { key: "number", title: w("number"), cell: ({ number }) => number, width: 120 },
    { key: "name", title: w("name"), cell: ({ name }) => name, card: "title", width: 120 },
    { key: "department", title: w("department"), cell: ({ department }) => department ?? "—" },
    {
      key: "roles",
      title: w("held"),
      cell: ({ roles }) => (roles.length > 0 ? listed(roles.map(nameOf)) : w("no_roles")),
    },
    {
      key: "state",
      title: w("state"),
      cell: (row) => <StateTag of={row} w={w} />,
      card: "tag",
      width: 120,
    },
    {
      key: "actions",
      title: w("actions"),
      width: 320,
      cell: (row) => (
        <Space size={4} wrap>
          <Button type="link" size="small" onClick={() => onRoles(row)}>
            {w("set_roles")}
          </Button>
          <ResetButton of={row} />
          <AccessButton of={row} />
          <Link to={`/evidence?subject=login/${row.id}`}>{w("history")}</Link>
        </Space>
      ),
    },
  ] satisfies Column<Row>[];
}

/** Opens or closes a login, after a word of warning. */
function AccessButton({ of }: { of: Row }) {
  const w = useWords(systemWords);
  const { modal } = App.useApp();
  const act = useAct({
    run: (active: boolean, headers) =>
      take(
        api.POST("/logins/{id}/access", {
          params: { path: { id: of.id } },
          headers,
          body: { active },
        }),
      ),
    done: w("access_set"),
    refresh: [["logins"]],
  });
  const verb = of.active ? "close" : "reopen";
  const ask = () =>
    modal.confirm({
      title: w(`${verb}_title`, { name: of.name }),
      content: w(`${verb}_means`),
      okText: w(verb),
      okButtonProps: { danger: of.active },
      cancelText: w("cancel"),
      onOk: () => act.mutateAsync(!of.active).catch(() => undefined),
    });
  return (
    <Button type="link" size="small" danger={of.active} onClick={() => void ask()}>
      {w(verb)}
    </Button>
  );
}

const filters = (w: W): Filter[] => [
  { kind: "search", key: "q", label: w("search"), hint: w("search_hint") },
];

export function Component() {
  const w = useWords(systemWords);
  const language = useLanguage();
  const [chosen, setChosen] = useState<Row>();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button type="primary" onClick={() => setAdding(true)}>
      {w("add_login")}
    </Button>
  );
  const { data: matrix } = useQuery(matrixQuery);
  const nameOf = (key: string) =>
    matrix?.roles.find((role) => role.key === key)?.[language] ?? key;
  return (
    <>
      <ListPage<Row>
        title={w("logins")}
        note={w("logins_note")}
        actions={add}
        queryKey={["logins"]}
        load={load}
        columns={columns(w, nameOf, setChosen)}
        rowKey={({ id }) => id}
        filters={filters(w)}
        empty={<EmptyState title={w("empty")} why={w("empty_why")} />}
      />
      {adding && <AddLogin onClose={() => setAdding(false)} />}
      {chosen && (
        <RoleDialog key={chosen.id} of={chosen} onClose={() => setChosen(undefined)} />
      )}
    </>
  );
}
