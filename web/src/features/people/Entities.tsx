/** The legal entities that employ, and the posts 法律主体与岗位. */
import { Button } from "antd";
import { useState } from "react";
import { useCan } from "@/api/session";
import { useWords } from "@/lib/language";
import { EmptyState } from "@/ui/EmptyState";
import { Panel } from "@/ui/Panel";
import type { Choices } from "./calls";
import { EntityDialog, PostDialog } from "./OrganisationDialogs";
import styles from "./people.module.css";
import { peopleWords } from "./words";

type Entity = Choices["entities"][number];

export function Entities({ of }: { of: readonly Entity[] }) {
  const w = useWords(peopleWords);
  const may = useCan()("people.write");
  const [chosen, setChosen] = useState<Entity | "new">();
  const add = may && <Button onClick={() => setChosen("new")}>{w("add_entity")}</Button>;
  return (
    <Panel title={w("entities")} extra={add}>
      {of.length === 0 ? (
        <EmptyState title={w("no_entities")} why={w("no_entities_why")} />
      ) : (
        <ul className={styles.rows}>
          {of.map((one) => (
            <li key={one.id}>
              <span className={styles.grow}>
                {one.name}
                <small>{one.credit_code ?? w("no_credit_code")}</small>
              </span>
              {may && (
                <Button
                  type="link"
                  size="small"
                  aria-label={w("edit_entity_of", { name: one.name })}
                  onClick={() => setChosen(one)}
                >
                  {w("edit_entity")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {chosen && (
        <EntityDialog
          of={chosen === "new" ? undefined : chosen}
          onClose={() => setChosen(undefined)}
        />
      )}
    </Panel>
  );
}

export function Posts({ of }: { of: Choices["posts"] }) {
  const w = useWords(peopleWords);
  const may = useCan()("people.write");
  const [chosen, setChosen] = useState<Choices["posts"][number] | "new">();
  const add = may && <Button onClick={() => setChosen("new")}>{w("add_post")}</Button>;
  return (
    <Panel title={w("posts")} extra={add}>
      {of.length === 0 ? (
        <EmptyState title={w("no_posts")} why={w("no_posts_why")} />
      ) : (
        <ul className={styles.rows}>
          {of.map((one) => (
            <li key={one.id}>
              <span className={styles.grow}>{one.name}</span>
              {may && (
                <Button
                  type="link"
                  size="small"
                  aria-label={w("edit_post_of", { name: one.name })}
                  onClick={() => setChosen(one)}
                >
                  {w("edit_post")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {chosen && (
        <PostDialog
          of={chosen === "new" ? undefined : chosen}
          onClose={() => setChosen(undefined)}
        />
      )}
    </Panel>
  );
}
