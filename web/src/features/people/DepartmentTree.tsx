/** The departments, drawn as a tree 组织架构页. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useWords } from "@/lib/language";
import { EmptyState } from "@/ui/EmptyState";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { departmentsQuery } from "./calls";
import styles from "./people.module.css";
import { treeOf, type Branch } from "./tree";
import { peopleWords } from "./words";

export function Component() {
  const w = useWords(peopleWords);
  const query = useQuery(departmentsQuery);
  return (
    <>
      <PageHeader
        title={w("tree")}
        trail={[{ label: w("people"), to: "/employees" }]}
        note={w("tree_note")}
      />
      <Panel>
        <Loaded query={query}>
          {(departments) =>
            departments.length === 0 ? (
              <EmptyState title={w("no_departments")} why={w("empty_why")} />
            ) : (
              <Branches of={treeOf(departments)} />
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}

function Branches({ of }: { of: readonly Branch[] }) {
  const w = useWords(peopleWords);
  return (
    <ul className={styles.tree}>
      {of.map((branch) => (
        <li key={branch.id}>
          <p>
            <Link to={`/employees?department=${branch.id}`}>{branch.name}</Link>
            <span>{branch.head ? w("head_of", { name: branch.head.name }) : w("no_head")}</span>
            <span>{w("count", { people: branch.people })}</span>
            {branch.people_below !== branch.people && (
              <span>{w("count_below", { people: branch.people_below })}</span>
            )}
          </p>
          {branch.below.length > 0 && <Branches of={branch.below} />}
        </li>
      ))}
    </ul>
  );
}
