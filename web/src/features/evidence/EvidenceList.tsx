/** The entries of the log in sentences, newest first 存证列表. */
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { api, take, type Schema } from "@/api/client";
import type { Ask } from "@/api/page";
import { actName } from "@/lib/actName";
import { actorOf } from "@/lib/actor";
import { addDays } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import type { Say } from "@/lib/words";
import { MomentText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import type { Column } from "@/ui/list/column";
import type { Choice, Filter } from "@/ui/list/filter";
import { ListPage } from "@/ui/list/ListPage";
import { Quiet } from "@/ui/Quiet";
import { StatusTag } from "@/ui/StatusTag";
import { evidenceWords } from "./words";

type Row = Schema<"EntryLine">;
type W = Say<typeof evidenceWords>;

/** The first moment of a day in the business time zone. */
const beginOf = (day: string | undefined) => day && `${day}T00:00:00+08:00`;

async function load({ cursor, filters }: Ask) {
  const { subject, kind, actor, from, until } = filters;
  const end = until && beginOf(addDays(until, 1));
  const query = { subject, kind, actor, from: beginOf(from), until: end, cursor };
  return take(api.GET("/evidence", { params: { query } }));
}

const columns = (w: W, language: "zh" | "en"): Column<Row>[] => [
  {
    key: "index",
    title: w("index"),
    width: 84,
    cell: ({ index }) => <Link to={`/evidence/${index}`}>#{index}</Link>,
    card: "tag",
  },
  { key: "at", title: w("at"), width: 156, cell: ({ at }) => <MomentText of={at} /> },
  {
    key: "kind",
    title: w("act"),
    width: 150,
    cell: (row) => actName(row, language),
    card: "title",
  },
  { key: "actor", title: w("actor"), width: 110, cell: (row) => actorOf(row, language) },
  {
    key: "sentence",
    title: w("sentence"),
    cell: (row) => row[language] ?? <Quiet>{w(row.erased ? "gone" : "hidden")}</Quiet>,
  },
  {
    key: "proved",
    title: w("proof"),
    width: 96,
    cell: ({ proved }) => (
      <StatusTag tone={proved ? "good" : "busy"}>{w(proved ? "proved" : "unproved")}</StatusTag>
    ),
  },
];

const filters = (w: W, kinds: Choice[], actors: Choice[]): Filter[] => [
  { kind: "choice", key: "kind", label: w("act"), choices: kinds },
  { kind: "choice", key: "actor", label: w("actor"), choices: actors },
  { kind: "day", key: "from", label: w("from") },
  { kind: "day", key: "until", label: w("until") },
  { kind: "search", key: "subject", label: w("subject"), hint: w("subject_hint") },
];

/** The acts and people met so far on this page: what the two filters offer. */
function useMet(language: "zh" | "en") {
  const [met, setMet] = useState<ReadonlyMap<string, Row>>(new Map());
  const meet = (rows: readonly Row[]) =>
    setMet((known) => {
      const next = new Map(known);
      for (const row of rows) next.set(`kind ${row.kind}`, row).set(`actor ${row.actor}`, row);
      return next;
    });
  const rows = (what: string) => [...met].filter(([key]) => key.startsWith(what));
  const kinds = rows("kind ").map(([, row]) => ({
    value: row.kind,
    label: actName(row, language),
  }));
  const actors = rows("actor ").map(([, row]) => ({
    value: row.actor,
    label: actorOf(row, language),
  }));
  return { meet, kinds, actors };
}

export function Component() {
  const w = useWords(evidenceWords);
  const language = useLanguage();
  const { meet, kinds, actors } = useMet(language);
  return (
    <ListPage<Row>
      title={w("evidence")}
      note={w("note")}
      actions={
        <Link to="/evidence/log">
          <Button tabIndex={-1}>{w("log")}</Button>
        </Link>
      }
      queryKey={["evidence"]}
      load={async (ask) => {
        const page = await load(ask);
        meet(page.items);
        return page;
      }}
      columns={columns(w, language)}
      rowKey={({ index }) => String(index)}
      filters={filters(w, kinds, actors)}
      empty={<EmptyState title={w("empty")} why={w("empty_why")} />}
    />
  );
}
