/** A table is written: columns, rows, examples; every change is checked at once 决策表编辑. */
import { useQuery } from "@tanstack/react-query";
import { Button, Input as TextField, Select } from "antd";
import { useEffect, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useLanguage, useWords } from "@/lib/language";
import { EmptyState } from "@/ui/EmptyState";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { TABLET, useNarrow } from "@/ui/useNarrow";
import { useUnsaved } from "@/ui/unsaved";
import { useAct } from "@/ui/useAct";
import {
  beginTable,
  refresh,
  reportQuery,
  saveDraft,
  tableQuery,
  tablesQuery,
  type Fact,
} from "./calls";
import { Checks, Examples } from "./Checks";
import { Columns } from "./Columns";
import { EditGrid } from "./EditGrid";
import styles from "./rules.module.css";
import { beginning, HITS, said, type Table } from "./table";
import { TryForm } from "./TryForm";
import { ruleWords } from "./words";

export function Component() {
  const { id } = useParams();
  return id ? <Known key={id} id={id} /> : <New />;
}

function New() {
  const query = useQuery(tablesQuery);
  return (
    <Loaded whole query={query}>
      {({ facts }) => <Page facts={facts} begins={beginning()} />}
    </Loaded>
  );
}

function Known({ id }: { id: string }) {
  const query = useQuery({ ...tableQuery(id), refetchOnWindowFocus: false });
  return (
    <Loaded whole query={query}>
      {({ draft, versions, facts }) => {
        const newest = versions.find(({ table }) => table)?.table;
        const begins = draft?.table ?? newest ?? beginning();
        return <Page id={id} facts={facts} begins={begins} revision={draft?.revision} />;
      }}
    </Loaded>
  );
}

type Props = { id?: string; facts: readonly Fact[]; begins: Table; revision?: number };

function Page({ id, facts, begins, revision }: Props) {
  const w = useWords(ruleWords);
  const language = useLanguage();
  const go = useNavigate();
  const narrow = useNarrow(TABLET);
  const [begun] = useState(begins);
  const [table, setTable] = useState(begins);
  useUnsaved(() => table !== begun);
  const settled = useSettled(table);
  const report = useQuery(reportQuery(settled)).data;
  const act = useAct({
    run: (_input: undefined, once) =>
      id ? saveDraft(id, { table, based_on: revision }, once) : beginTable(table, once),
    done: w("saved_ok"),
    refresh,
    onDone: ({ id: saved }) => void go(`/rules/${saved ?? id ?? ""}`),
  });
  const name = said(table.title, language) || w("new_table");
  const trail = [{ label: w("title"), to: "/rules" }];
  const save = (
    <Button type="primary" loading={act.isPending} onClick={() => act.mutate(undefined)}>
      {w("save")}
    </Button>
  );
  if (narrow) return <EmptyState whole title={name} why={w("wide")} />;
  return (
    <>
      <PageHeader title={name} trail={trail} note={w("note")} actions={save} />
      <Panel title={w("columns")}>
        <Naming of={table} onChange={setTable} />
        <Columns of={table} facts={facts} onChange={setTable} />
      </Panel>
      <Panel title={w("grid")}>
        <EditGrid of={table} report={report} onChange={setTable} />
      </Panel>
      <Panel title={w("checks")}>{report && <Checks of={report} />}</Panel>
      <Panel title={w("examples")}>
        <p className={styles.fine}>{w("examples_note")}</p>
        <Examples
          of={table}
          report={report}
          onDrop={(at) =>
            setTable({ ...table, examples: table.examples?.filter((_, n) => n !== at) })
          }
        />
        <TryForm
          of={table}
          onKeep={(example) =>
            setTable({ ...table, examples: [...(table.examples ?? []), example] })
          }
        />
      </Panel>
    </>
  );
}

/** The table once nobody has typed for a moment. */
function useSettled(table: Table): Table {
  const [settled, setSettled] = useState(table);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(table), 300);
    return () => clearTimeout(timer);
  }, [table]);
  return settled;
}

function Naming({ of, onChange }: { of: Table; onChange: (table: Table) => void }) {
  const w = useWords(ruleWords);
  const hits = HITS.map((value) => ({ value, label: w(value) }));
  return (
    <div className={styles.fields}>
      <label>
        <span>{w("title_zh")}</span>
        <TextField
          value={of.title.zh}
          maxLength={100}
          onChange={(event) => onChange({ ...of, title: { ...of.title, zh: event.target.value } })}
        />
      </label>
      <label>
        <span>{w("title_en")}</span>
        <TextField
          value={of.title.en ?? ""}
          maxLength={100}
          onChange={(event) => onChange({ ...of, title: { ...of.title, en: event.target.value } })}
        />
      </label>
      <label>
        <span>{w("hit")}</span>
        <Select
          aria-label={w("hit")}
          style={{ width: "100%" }}
          value={of.hit}
          options={hits}
          onChange={(hit) => onChange({ ...of, hit })}
        />
      </label>
    </div>
  );
}
