/** One table: what is in force, the draft, a trial, the versions, the ghost run 决策表. */
import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useCan } from "@/api/session";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { listed } from "@/lib/marks";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import { TABLET, useNarrow } from "@/ui/useNarrow";
import {
  decisionsQuery,
  dropDraft,
  refresh,
  reportQuery,
  tableQuery,
  type Decision,
  type Draft,
  type TableView,
} from "./calls";
import { answerText, Checks, Examples } from "./Checks";
import { PublishForm, RetireForm } from "./Forms";
import { Ghost } from "./Ghost";
import { Grid, shown } from "./Grid";
import styles from "./rules.module.css";
import { said, type Table } from "./table";
import { TryForm } from "./TryForm";
import { usesOf } from "./uses";
import { Changed, Versions } from "./Versions";
import { ruleWords } from "./words";

export function Component() {
  const { id = "" } = useParams();
  const query = useQuery(tableQuery(id));
  return (
    <Loaded whole query={query}>
      {(table) => <Page key={id} of={table} />}
    </Loaded>
  );
}

function Page({ of }: { of: TableView }) {
  const w = useWords(ruleWords);
  const can = useCan();
  const go = useNavigate();
  const narrow = useNarrow(TABLET);
  const [ending, setEnding] = useState(false);
  const live = of.versions.find(({ state }) => state === "in_force");
  const shown = live ?? of.versions.find(({ table }) => table);
  const writes = of.may.includes("write");
  const ended = of.versions[0]?.state === "end";
  const actions = writes && (
    <>
      {shown && !ended && <Button onClick={() => setEnding(true)}>{w("retire")}</Button>}
      {!narrow && (
        <Button type="primary" onClick={() => void go(`/rules/${of.id}/edit`)}>
          {w(of.draft ? "edit_draft" : "edit_next")}
        </Button>
      )}
    </>
  );
  return (
    <>
      <PageHeader
        title={of.name}
        trail={[{ label: w("title"), to: "/rules" }]}
        note={usesOf(of.used_by, w)}
        actions={actions || undefined}
      />
      {writes && narrow && <p className={styles.fine}>{w("wide")}</p>}
      <Panel
        title={w("live")}
        extra={shown && <StatusTag tone="good">{w("version", { n: shown.version })}</StatusTag>}
      >
        {shown?.table ? <Live of={shown.table} /> : <p>{w("no_live")}</p>}
      </Panel>
      {of.draft && <DraftPanel of={of} draft={of.draft} before={shown?.table} />}
      {of.may.includes("compare") && of.used_by.length > 0 && <Ghost id={of.id} />}
      {shown?.table && (
        <Panel title={w("try")}>
          <TryForm of={shown.table} />
        </Panel>
      )}
      {of.versions.length > 0 && <Versions of={of} />}
      {can("commission.plan") && <Decisions id={of.id} />}
      {ending && <RetireForm of={of} onClose={() => setEnding(false)} />}
    </>
  );
}

function Live({ of }: { of: Table }) {
  const w = useWords(ruleWords);
  return (
    <>
      <p className={styles.fine}>{w(of.hit as "unique")}</p>
      <Grid of={of} />
    </>
  );
}

type DraftProps = { of: TableView; draft: Draft; before: Table | null | undefined };

function DraftPanel({ of, draft, before }: DraftProps) {
  const w = useWords(ruleWords);
  const report = useQuery(reportQuery(draft.table)).data;
  const { modal } = App.useApp();
  const [publishing, setPublishing] = useState(false);
  const act = useAct({
    run: (_input: undefined, once) => dropDraft(of.id, once),
    done: w("dropped_ok"),
    refresh,
  });
  const drop = () =>
    modal.confirm({
      title: w("drop_title"),
      content: w("drop_means"),
      okText: w("drop"),
      cancelText: w("cancel"),
      okButtonProps: { danger: true },
      onOk: () => act.mutateAsync(undefined),
    });
  const may = of.may.includes("publish");
  const buttons = (
    <span className={styles.buttons}>
      <Button size="small" onClick={() => void drop()}>
        {w("drop")}
      </Button>
      {may && (
        <Button size="small" type="primary" onClick={() => setPublishing(true)}>
          {w("publish")}
        </Button>
      )}
    </span>
  );
  return (
    <Panel title={w("draft")} extra={buttons}>
      <p className={styles.fine}>
        {w("saved_by", {
          name: draft.saved_by?.name ?? "",
          at: formatMoment(draft.saved_at),
        })}
      </p>
      {!may && <p className={styles.fine}>{w("own_draft")}</p>}
      <Grid of={draft.table} />
      {before && <Changed before={before} after={draft.table} />}
      {report && <Checks of={report} />}
      <Examples of={draft.table} report={report} />
      {publishing && <PublishForm of={of} draft={draft} onClose={() => setPublishing(false)} />}
    </Panel>
  );
}

function Decisions({ id }: { id: string }) {
  const w = useWords(ruleWords);
  const query = useQuery(decisionsQuery(id));
  return (
    <Panel title={w("decisions")}>
      <p className={styles.fine}>{w("decisions_note")}</p>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? <p>{w("no_decisions")}</p> : <DecisionList of={items} id={id} />
        }
      </Loaded>
    </Panel>
  );
}

function DecisionList({ of, id }: { of: readonly Decision[]; id: string }) {
  const w = useWords(ruleWords);
  const language = useLanguage();
  const newest = useQuery(tableQuery(id)).data?.versions.find(({ table }) => table)?.table;
  const inputs = newest?.inputs;
  const result = (answer: unknown) => {
    const found = answer && typeof answer === "object" ? (answer as Record<string, unknown>) : {};
    const each = newest?.outputs.filter(({ key }) => key in found) ?? [];
    if (each.length === 0) return answerText(answer);
    return each.map(({ key, holds }) => shown(String(found[key]), holds, language)).join("，");
  };
  const facts = (given: Record<string, unknown>) =>
    Object.entries(given).map(([key, fact]) => {
      const column = inputs?.find((input) => input.key === key);
      const choice = column?.holds.choices?.find(({ code }) => code === fact);
      const word = choice ? said({ zh: choice.zh || choice.code, en: choice.en }, language) : fact;
      return `${column ? said(column.label, language) : key} ${String(word)}`;
    });
  return (
    <table className={`${styles.grid} ${styles.cards}`}>
      <thead>
        <tr>
          <th scope="col">{w("day")}</th>
          <th scope="col">{w("record")}</th>
          <th scope="col">{w("facts")}</th>
          <th scope="col">{w("row")}</th>
          <th scope="col">{w("result")}</th>
        </tr>
      </thead>
      <tbody>
        {of.slice(0, 20).map((one) => (
          <tr key={`${one.record} ${one.version} ${one.row} ${one.as_of}`}>
            <td data-label={w("day")}>{one.as_of}</td>
            <td data-label={w("record")}>{one.record}</td>
            <td data-label={w("facts")}>{listed(facts(one.given))}</td>
            <td data-label={w("row")}>
              <span>
                {w("version", { n: one.version })} · {w("row_n", { n: one.row })}
              </span>
            </td>
            <td data-label={w("result")}>{result(one.answer)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
