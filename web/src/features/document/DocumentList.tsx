/** Every document the person may see, newest first 文书列表. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { documentKinds, documentPage, fileOf, type DocumentItem } from "@/api/documents";
import { useCan } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import type { Say } from "@/lib/words";
import { MomentText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import type { Column } from "@/ui/list/column";
import type { Choice, Filter } from "@/ui/list/filter";
import { ListPage } from "@/ui/list/ListPage";
import { SigningState } from "@/ui/record/SigningState";
import { documentWords } from "./words";

type W = Say<typeof documentWords>;

/** The page of what a document is about. */
function placeOf(subject: string): string {
  const [noun, id = ""] = subject.split("/");
  if (noun === "departure") return `/departures/${id}`;
  return noun === "plan" ? `/plans/${id}` : "";
}

const columns = (w: W, language: "zh" | "en"): Column<DocumentItem>[] => [
  {
    key: "number",
    title: w("number"),
    width: 190,
    card: "title",
    cell: ({ id, number }) => (
      <a href={fileOf(id)} target="_blank" rel="noreferrer" aria-label={w("open", { number })}>
        {number}
      </a>
    ),
  },
  { key: "kind", title: w("kind"), width: 150, card: "tag", cell: (row) => row[language] },
  { key: "part", title: w("part"), width: 170, from: "lg", cell: ({ part }) => part ?? "—" },
  {
    key: "employee",
    title: w("employee"),
    width: 150,
    cell: ({ employee }) =>
      employee ? (
        <Link to={`/employees/${employee.id}`}>
          {employee.name} {employee.number}
        </Link>
      ) : (
        "—"
      ),
  },
  {
    key: "issued_at",
    title: w("issued_at"),
    width: 156,
    cell: ({ issued_at }) => <MomentText of={issued_at} />,
  },
  {
    key: "signing",
    title: w("signing"),
    width: 230,
    cell: ({ signing }) => (signing ? <SigningState of={signing} /> : "—"),
  },
  {
    key: "issued_by",
    title: w("issued_by"),
    width: 110,
    from: "lg",
    cell: ({ issued_by }) => issued_by?.name ?? "—",
  },
  {
    key: "code",
    title: w("code"),
    width: 230,
    from: "xl",
    card: "hidden",
    cell: ({ code }) => <code>{code}</code>,
  },
  {
    key: "about",
    title: w("about"),
    width: 90,
    from: "lg",
    cell: ({ subject }) =>
      placeOf(subject) ? <Link to={placeOf(subject)}>{w("see")}</Link> : "—",
  },
];

const filters = (w: W, kinds: Choice[]): Filter[] => [
  { kind: "choice", key: "kind", label: w("kind"), choices: kinds },
  { kind: "day", key: "from", label: w("from") },
  { kind: "day", key: "to", label: w("to") },
  { kind: "search", key: "employee", label: w("employee"), hint: w("employee_hint") },
];

export function Component() {
  const w = useWords(documentWords);
  const language = useLanguage();
  const issues = useCan()("document.issue");
  const kinds = useQuery({ queryKey: ["document-kinds"], queryFn: documentKinds });
  const choices = (kinds.data ?? []).map((one) => ({ value: one.kind, label: one[language] }));
  return (
    <ListPage<DocumentItem>
      title={w("documents")}
      note={w("note")}
      queryKey={["documents"]}
      load={documentPage}
      columns={columns(w, language)}
      rowKey={({ id }) => id}
      filters={filters(w, choices)}
      empty={<EmptyState title={w("empty")} why={w(issues ? "empty_why" : "empty_own")} />}
    />
  );
}
