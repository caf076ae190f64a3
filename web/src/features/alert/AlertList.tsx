/** Alerts, newest first, with the drawer of one of them 预警列表. */
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import type { Schema } from "@/api/client";
import { useLanguage, useWords } from "@/lib/language";
import type { Language, Say } from "@/lib/words";
import { MomentText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import type { Column } from "@/ui/list/column";
import type { Filter } from "@/ui/list/filter";
import { ListPage } from "@/ui/list/ListPage";
import { StatusTag } from "@/ui/StatusTag";
import styles from "./alert.module.css";
import { AlertDrawer } from "./AlertDrawer";
import { listAlerts, severityTone, stateTone, wordsQuery, type AlertItem } from "./calls";
import { alertWords } from "./words";

type W = Say<typeof alertWords>;

const columns = (w: W, language: Language, open: (id: string) => void): Column<AlertItem>[] => [
  {
    key: "severity",
    title: w("severity"),
    width: 88,
    cell: (row) => <StatusTag tone={severityTone(row)}>{row.severity[language]}</StatusTag>,
    card: "tag",
  },
  {
    key: "what",
    title: w("what"),
    cell: (row) => (
      <button type="button" className={styles.open} onClick={() => open(row.id)}>
        {row[language]}
      </button>
    ),
    card: "title",
  },
  { key: "kind", title: w("kind"), width: 150, cell: ({ kind }) => kind[language], from: "lg" },
  { key: "times", title: w("times"), width: 72, align: "right", cell: ({ times }) => times },
  {
    key: "last_at",
    title: w("last_at"),
    width: 156,
    cell: (row) => <MomentText of={row.last_at} />,
  },
  {
    key: "state",
    title: w("state"),
    width: 100,
    cell: (row) => <StatusTag tone={stateTone(row)}>{row.state[language]}</StatusTag>,
  },
  {
    key: "taken_by",
    title: w("taken_by"),
    width: 110,
    from: "xl",
    cell: ({ taken_by }) => taken_by?.name ?? "—",
  },
];

function filters(w: W, language: Language, known: Schema<"AlertWords"> | undefined): Filter[] {
  const choices = (of: Schema<"Named">[] = []) =>
    of.map((one) => ({ value: one.key, label: one[language] }));
  const unresolved = { value: "unresolved", label: w("unresolved") };
  return [
    { kind: "search", key: "q", label: w("search"), hint: w("search_hint") },
    {
      kind: "choice",
      key: "state",
      label: w("state"),
      choices: [unresolved, ...choices(known?.states)],
    },
    { kind: "choice", key: "severity", label: w("severity"), choices: choices(known?.severities) },
    { kind: "choice", key: "kind", label: w("kind"), choices: choices(known?.kinds) },
    { kind: "day", key: "from", label: w("from") },
    { kind: "day", key: "until", label: w("until") },
  ];
}

export function Component() {
  const w = useWords(alertWords);
  const language = useLanguage();
  const [search, setSearch] = useSearchParams();
  const { data: known } = useQuery(wordsQuery);
  const chosen = search.get("alert");
  const show = (id: string | null) =>
    setSearch((now) => {
      if (id) now.set("alert", id);
      else now.delete("alert");
      return now;
    });
  return (
    <>
      <ListPage<AlertItem>
        title={w("alerts")}
        note={w("note")}
        queryKey={["alerts"]}
        load={listAlerts}
        columns={columns(w, language, show)}
        rowKey={({ id }) => id}
        filters={filters(w, language, known)}
        empty={<EmptyState title={w("none")} why={w("none_why")} />}
      />
      <AlertDrawer id={chosen} onClose={() => show(null)} />
    </>
  );
}
