/** The desk of objections: what waits, for whom, until when; and what is to be put right 异议台. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { Link } from "react-router";
import { useLanguage, useWords } from "@/lib/language";
import type { Say } from "@/lib/words";
import { MomentText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import { Figures } from "@/ui/Figures";
import type { Column } from "@/ui/list/column";
import { Rows } from "@/ui/list/Rows";
import { Loaded } from "@/ui/Loaded";
import { Money } from "@/ui/Money";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { StatusTag } from "@/ui/StatusTag";
import { AnswerForm } from "./AnswerForm";
import { attachmentOf, objectionsQuery, type Objection, type ObjectionList } from "./calls";
import styles from "./commission.module.css";
import { Places } from "./Places";
import { PutRightForm } from "./PutRightForm";
import { talkWords } from "./talkWords";
import { commissionWords } from "./words";

type W = Say<typeof talkWords>;

export function Component() {
  const query = useQuery(objectionsQuery);
  return <Loaded whole query={query}>{(found) => <Desk of={found} />}</Loaded>;
}

function Desk({ of }: { of: ObjectionList }) {
  const w = useWords(talkWords);
  const all = useWords(commissionWords);
  const [open, setOpen] = useState<Objection>();
  const [righted, setRighted] = useState<Objection>();
  const label = w("objections");
  const own = <span className={styles.fine}>{w("own_objection")}</span>;
  return (
    <>
      <PageHeader
        title={label}
        trail={[{ label: all("title"), to: "/commission" }]}
        note={w("desk_note")}
      />
      <Places />
      <Panel>
        <Figures
          of={[
            { label: w("waiting"), value: of.items.length },
            {
              label: w("overdue"),
              value: of.overdue,
              ...(of.overdue > 0 && { tone: "bad" as const }),
            },
            { label: w("to_correct"), value: of.to_correct.length },
          ]}
        />
      </Panel>
      <Panel flush title={w("waiting")}>
        <Rows
          label={w("waiting")}
          columns={[...facts(w), ...waiting(w), deed(w, "answer", setOpen, own)]}
          rows={of.items}
          rowKey={nameOf}
          empty={<EmptyState title={w("no_objections")} why={w("no_objections_why")} />}
        />
      </Panel>
      {of.to_correct.length > 0 && (
        <Panel title={w("to_correct")}>
          <p className={styles.fine}>{w("to_correct_note")}</p>
          <Rows
            label={w("to_correct")}
            columns={[
              ...facts(w),
              wanted("granted_head", w),
              deed(w, "put_right", setRighted, "—"),
            ]}
            rows={of.to_correct}
            rowKey={nameOf}
            empty={null}
          />
        </Panel>
      )}
      {open && (
        <AnswerForm
          of={{
            month: open.month,
            key: open.key,
            name: open.payee?.name ?? "",
            reason: open.reason,
            amount: open.amount ?? { amount: "0.00", currency: "CNY" },
            claimed: open.wanted ?? undefined,
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
      {righted && <PutRightForm of={righted} onClose={() => setRighted(undefined)} />}
    </>
  );
}

const nameOf = ({ month, key }: Objection) => `${month} ${key}`;

const facts = (w: W): Column<Objection>[] => [
  {
    key: "payee",
    title: w("payee"),
    card: "title",
    cell: ({ payee, month, department }) => (
      <>
        <Link to={`/commission?month=${month}&payee=${payee?.id ?? ""}`}>
          {payee?.name} <span className={styles.fine}>{month}</span>
        </Link>
        <div className={styles.fine}>{department}</div>
      </>
    ),
  },
  {
    key: "line",
    title: w("line"),
    cell: ({ customer, record }) =>
      record ? [customer, record].filter(Boolean).join(" ") : w("gone"),
  },
  { key: "reason", title: w("reason"), cell: (row) => <Why of={row} /> },
  {
    key: "amount",
    title: w("amount"),
    align: "right",
    cell: ({ amount }) => (amount ? <Money of={amount} /> : "—"),
  },
];

const wanted = (title: "wanted" | "granted_head", w: W): Column<Objection> => ({
  key: "wanted",
  title: w(title),
  align: "right",
  cell: (row) => (row.wanted ? <Money of={row.wanted} /> : "—"),
});

const waiting = (w: W): Column<Objection>[] => [
  wanted("wanted", w),
  {
    key: "age",
    title: w("age"),
    cell: ({ days }) => (days === 0 ? w("today") : w("days", { n: days })),
  },
  { key: "due", title: w("due"), card: "tag", cell: (row) => <Due of={row} /> },
  { key: "waits", title: w("waits_for"), cell: (row) => <Waits of={row} /> },
];

/** What whoever may answer does at a row; others read why it is not theirs. */
const deed = (
  w: W,
  verb: "answer" | "put_right",
  onOpen: (row: Objection) => void,
  otherwise: ReactNode,
): Column<Objection> => ({
  key: "deed",
  title: w("deed_head"),
  cell: (row) =>
    row.may_answer ? (
      <Button
        size="small"
        aria-label={w(`${verb}_of`, { what: `${row.payee?.name ?? ""} ${row.record ?? ""}` })}
        onClick={() => onOpen(row)}
      >
        {w(verb)}
      </Button>
    ) : (
      otherwise
    ),
});

function Why({ of }: { of: Objection }) {
  const w = useWords(talkWords);
  return (
    <>
      {of.reason}
      {typeof of.attachment === "number" && (
        <>
          {" "}
          <a href={attachmentOf(of.month, of.key, of.attachment)} target="_blank" rel="noreferrer">
            {w("see_file")}
          </a>
        </>
      )}
    </>
  );
}

function Due({ of }: { of: Objection }) {
  const w = useWords(talkWords);
  if (!of.due_at) return <>—</>;
  return (
    <>
      <MomentText of={of.due_at} />{" "}
      {of.overdue && <StatusTag tone="bad">{w("overdue")}</StatusTag>}
    </>
  );
}

function Waits({ of }: { of: Objection }) {
  const language = useLanguage();
  const who = of[`waits_${language}`] || "—";
  return of.case_id ? <Link to={`/cases/${of.case_id}`}>{who}</Link> : <>{who}</>;
}
