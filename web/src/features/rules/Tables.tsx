/** Every decision table, with what is in force 决策表列表. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useRef } from "react";
import { Link, useNavigate } from "react-router";
import { ONCE } from "@/api/client";
import { useCan } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { asProblem, explain, inOneLine } from "@/lib/problem";
import { uuid } from "@/lib/uuid";
import { EmptyState } from "@/ui/EmptyState";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { StatusTag } from "@/ui/StatusTag";
import { beginTable, readDmn, refresh, tablesQuery, type TableItem } from "./calls";
import styles from "./rules.module.css";
import { usesOf } from "./uses";
import { ruleWords } from "./words";

export const tones = { draft: "plain", ahead: "busy", in_force: "good", ended: "plain" } as const;

export function Component() {
  const w = useWords(ruleWords);
  const can = useCan();
  const go = useNavigate();
  const query = useQuery(tablesQuery);
  const actions = can("rules.write") && (
    <>
      <ImportDmn />
      <Button type="primary" onClick={() => void go("/rules/new")}>
        {w("new_table")}
      </Button>
    </>
  );
  return (
    <>
      <PageHeader title={w("title")} note={w("note")} actions={actions || undefined} />
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={w("none")} why={w("none_why")} />
          ) : (
            <Panel flush>
              <ul className={`${styles.list} ${styles.flush}`}>
                {items.map((item) => (
                  <Item key={item.id} of={item} />
                ))}
              </ul>
            </Panel>
          )
        }
      </Loaded>
    </>
  );
}

function Item({ of }: { of: TableItem }) {
  const w = useWords(ruleWords);
  const state = of.state as keyof typeof tones;
  return (
    <li>
      <span className={styles.head}>
        <Link to={`/rules/${of.id}`}>
          <strong>{of.name}</strong>
        </Link>
        <StatusTag tone={tones[state]}>{w(state)}</StatusTag>
        {of.has_draft && of.state !== "draft" && <StatusTag tone="busy">{w("draft")}</StatusTag>}
        {of.version && <span>{w("version", { n: of.version })}</span>}
        {of.since && <span>{w("since", { day: of.since })}</span>}
        {of.published_by?.name && <span>{w("by", { name: of.published_by.name })}</span>}
      </span>
      <p className={styles.fine}>{usesOf(of.used_by, w)}</p>
    </li>
  );
}

/** Each table of the file becomes a draft; what cannot be one says why. */
function ImportDmn() {
  const w = useWords(ruleWords);
  const language = useLanguage();
  const client = useQueryClient();
  const { message } = App.useApp();
  const field = useRef<HTMLInputElement>(null);
  async function bring(file: File) {
    try {
      let kept = 0;
      for (const { name, table, why_zh, why_en } of await readDmn(await file.text())) {
        if (table) {
          await beginTable(table, { [ONCE]: uuid() });
          kept += 1;
        } else {
          const why = language === "zh" ? why_zh : why_en;
          void message.warning(w("import_bad", { name, why }), 8);
        }
      }
      if (kept > 0) void message.success(w("imported_ok", { n: kept }));
    } catch (thrown) {
      const { title, remedy } = explain(asProblem(thrown), language);
      void message.error(inOneLine([title, remedy], language), 8);
    }
    for (const queryKey of refresh) void client.invalidateQueries({ queryKey });
  }
  return (
    <>
      <input
        ref={field}
        type="file"
        accept=".dmn,.xml"
        hidden
        aria-label={w("import_dmn")}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void bring(file);
          target.value = "";
        }}
      />
      <Button onClick={() => field.current?.click()}>{w("import_dmn")}</Button>
    </>
  );
}
