/** Who has confirmed a month, who objected, who is late 确认进度. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { formatMoment } from "@/lib/day";
import { useWords } from "@/lib/language";
import type { Say } from "@/lib/words";
import { MomentText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import { Figures, type Figure } from "@/ui/Figures";
import type { Column } from "@/ui/list/column";
import type { Filter } from "@/ui/list/filter";
import { List } from "@/ui/list/ListPage";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { StatusTag, type Tone } from "@/ui/StatusTag";
import { answersQuery, listAnswers, type MonthAnswers, type PayeeAnswer } from "./calls";
import styles from "./commission.module.css";
import { confirmWords } from "./confirmWords";
import { MoveDayForm } from "./MoveDayForm";
import { Places } from "./Places";
import { Stage } from "./Stage";
import { commissionWords } from "./words";

type W = Say<typeof confirmWords>;

const tones = {
  confirmed: "good",
  objected: "warn",
  waiting: "plain",
  overdue: "bad",
} as const satisfies Record<string, Tone>;

export function Component() {
  const { month = "" } = useParams();
  const query = useQuery(answersQuery(month));
  return <Loaded whole query={query}>{(of) => <Desk of={of} />}</Loaded>;
}

function Desk({ of }: { of: MonthAnswers }) {
  const w = useWords(confirmWords);
  const all = useWords(commissionWords);
  const [open, setOpen] = useState(false);
  const { month, days } = of;
  const now = days.at(-1)?.day;
  return (
    <>
      <PageHeader
        title={w("desk", { month })}
        trail={[{ label: all("title"), to: `/commission?month=${month}` }]}
        tags={<Stage of={of.stage} />}
        note={w("note")}
        actions={
          of.may.includes("move_day") && (
            <Button onClick={() => setOpen(true)}>{w(now ? "move" : "name_day")}</Button>
          )
        }
      />
      <Places />
      <Standing of={of} />
      <Panel flush title={w("progress")}>
        <List<PayeeAnswer>
          title={w("progress")}
          queryKey={["commission", "answers", month]}
          load={listAnswers(month)}
          columns={columns(w, month)}
          rowKey={({ payee }) => payee.id}
          filters={filters(w)}
          empty={<EmptyState title={w("nobody")} why={w("nobody_why")} />}
        />
      </Panel>
      {open && <MoveDayForm month={month} now={now} onClose={() => setOpen(false)} />}
    </>
  );
}

/** The day, what was told, and the counts. */
export function Standing({ of }: { of: MonthAnswers }) {
  const w = useWords(confirmWords);
  const { days, counts } = of;
  const last = days.at(-1);
  const told = [
    last?.reason && w("moved", { reason: last.reason }),
    of.reminded_at && w("reminded", { at: formatMoment(of.reminded_at) }),
    of.told_at && w("told", { at: formatMoment(of.told_at) }),
  ].filter(Boolean);
  return (
    <Panel>
      <p>
        {last ? (
          <StatusTag tone={of.late ? "bad" : "busy"}>{w("by", { day: last.day })}</StatusTag>
        ) : (
          <StatusTag tone="plain">{w("no_day")}</StatusTag>
        )}{" "}
        <span className={styles.fine}>{told.join(" · ")}</span>
      </p>
      <Figures of={figures(w, counts)} />
    </Panel>
  );
}

const figures = (w: W, of: MonthAnswers["counts"]): Figure[] => [
  { label: w("people"), value: of.people },
  { label: w("confirmed"), value: of.confirmed },
  { label: w("objected"), value: of.objected },
  { label: w("waiting"), value: of.waiting },
  {
    label: w("overdue"),
    value: of.overdue,
    ...(of.overdue > 0 && { tone: "bad" as const }),
  },
  ...(of.paper > 0 ? [{ label: w("paper"), value: of.paper }] : []),
];

function State({ of, w }: { of: PayeeAnswer; w: W }) {
  const state = of.state in tones ? (of.state as keyof typeof tones) : "waiting";
  return (
    <span className={styles.choices}>
      <StatusTag tone={tones[state]}>{w(state)}</StatusTag>
      {of.left && of.waiting > 0 && <StatusTag tone="warn">{w("paper")}</StatusTag>}
    </span>
  );
}

const columns = (w: W, month: string): Column<PayeeAnswer>[] => [
  {
    key: "payee",
    title: w("payee"),
    card: "title",
    cell: ({ payee }) => (
      <Link to={`/commission?month=${month}&payee=${payee.id}`}>
        {payee.name} <span className={styles.fine}>{payee.number}</span>
      </Link>
    ),
  },
  { key: "department", title: w("department"), cell: ({ department }) => department },
  { key: "state", title: w("state"), card: "tag", cell: (row) => <State of={row} w={w} /> },
  { key: "lines", title: w("lines"), align: "right", cell: ({ lines }) => lines },
  { key: "waits", title: w("lines_waiting"), align: "right", cell: ({ waiting }) => waiting },
  { key: "said", title: w("said_at"), cell: ({ said_at }) => moment(said_at) },
  { key: "signed", title: w("signed_at"), cell: ({ signed_at }) => moment(signed_at) },
];

const moment = (at: string | null | undefined) => (at ? <MomentText of={at} /> : "—");

const filters = (w: W): Filter[] => [
  {
    kind: "choice",
    key: "state",
    label: w("state"),
    choices: (["confirmed", "objected", "waiting", "overdue", "paper"] as const).map((value) => ({
      value,
      label: w(value),
    })),
  },
];
