/** The departments, drawn as a tree, with the legal entities and posts beside them 组织架构页. */
import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useCan } from "@/api/session";
import { useWords } from "@/lib/language";
import { EmptyState } from "@/ui/EmptyState";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { useAct } from "@/ui/useAct";
import { choicesQuery, closeDepartment, departmentsQuery, type DepartmentItem } from "./calls";
import { Entities, Posts } from "./Entities";
import { AddDepartment, EditDepartment, SetHead } from "./OrganisationDialogs";
import styles from "./people.module.css";
import { treeOf, type Branch } from "./tree";
import { peopleWords } from "./words";

type Doing = { what: "add" } | { what: "edit" | "head"; of: DepartmentItem };

export function Component() {
  const w = useWords(peopleWords);
  const may = useCan()("people.write");
  const [doing, setDoing] = useState<Doing>();
  const query = useQuery(departmentsQuery);
  const choices = useQuery(choicesQuery);
  const add = may && (
    <Button type="primary" onClick={() => setDoing({ what: "add" })}>
      {w("add_department")}
    </Button>
  );
  const entities = choices.data?.entities ?? [];
  const close = () => setDoing(undefined);
  const all = query.data ?? [];
  return (
    <>
      <PageHeader
        title={w("tree")}
        trail={[{ label: w("people"), to: "/employees" }]}
        note={w("tree_note")}
        actions={add}
      />
      <Panel>
        <Loaded query={query}>
          {(departments) =>
            departments.length === 0 ? (
              <EmptyState
                title={w("no_departments")}
                why={w(may ? "no_departments_why" : "empty_why")}
              />
            ) : (
              <Branches of={treeOf(departments)} onDo={may ? setDoing : undefined} />
            )
          }
        </Loaded>
      </Panel>
      <Loaded query={choices}>
        {(found) => (
          <>
            <Entities of={found.entities} />
            <Posts of={found.posts} />
          </>
        )}
      </Loaded>
      {doing?.what === "add" && (
        <AddDepartment departments={all} entities={entities} onClose={close} />
      )}
      {doing?.what === "edit" && <EditDepartment of={doing.of} among={all} onClose={close} />}
      {doing?.what === "head" && <SetHead of={doing.of} onClose={close} />}
    </>
  );
}

type Do = (doing: Doing) => void;

function Branches({ of, onDo }: { of: readonly Branch[]; onDo?: Do }) {
  const w = useWords(peopleWords);
  return (
    <ul className={styles.tree}>
      {of.map((branch) => (
        <li key={branch.id}>
          <div className={styles.branch}>
            <Link to={`/employees?department=${branch.id}`}>{branch.name}</Link>
            <span>{branch.head ? w("head_of", { name: branch.head.name }) : w("no_head")}</span>
            <span>{w("count", { people: branch.people })}</span>
            {branch.people_below !== branch.people && (
              <span>{w("count_below", { people: branch.people_below })}</span>
            )}
            {onDo && <Buttons of={branch} onDo={onDo} />}
          </div>
          {branch.below.length > 0 && <Branches of={branch.below} onDo={onDo} />}
        </li>
      ))}
    </ul>
  );
}

function Buttons({ of, onDo }: { of: Branch; onDo: Do }) {
  const w = useWords(peopleWords);
  const { modal } = App.useApp();
  const act = useAct({
    run: (id: string, headers) => closeDepartment(id, headers),
    done: w("department_closed"),
    refresh: [["departments"]],
  });
  const ask = () =>
    modal.confirm({
      title: w("close_department_of", { name: of.name }),
      content: w("close_department_means"),
      okText: w("close_department"),
      okButtonProps: { danger: true },
      cancelText: w("cancel"),
      onOk: () => act.mutateAsync(of.id).catch(() => undefined),
    });
  const empty = of.people === 0 && of.below.length === 0;
  return (
    <div className={styles.acts}>
      <Button type="link" size="small" onClick={() => onDo({ what: "head", of })}>
        {w("set_head")}
      </Button>
      <Button type="link" size="small" onClick={() => onDo({ what: "edit", of })}>
        {w("edit_department")}
      </Button>
      {empty && (
        <Button type="link" size="small" danger onClick={() => void ask()}>
          {w("close_department")}
        </Button>
      )}
    </div>
  );
}
