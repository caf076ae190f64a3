/** An invoice: what cleared it, and what of it went back or was lost 发票. */
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { clauses } from "@/lib/marks";
import { formatMoney } from "@/lib/money";
import type { Say } from "@/lib/words";
import { DayText } from "@/ui/DayText";
import { Facts } from "@/ui/Facts";
import type { Column } from "@/ui/list/column";
import { Rows } from "@/ui/list/Rows";
import { Loaded } from "@/ui/Loaded";
import { Money } from "@/ui/Money";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { WaitingCredits } from "@/ui/pay/MatchCredit";
import { WithdrawButton } from "@/ui/pay/Withdraw";
import { Kept } from "@/ui/record/Kept";
import { StatusTag } from "@/ui/StatusTag";
import { Actions } from "./Actions";
import {
  invoiceQuery,
  type CameBy,
  type Invoice,
  type Responsibility,
  type Reversal,
} from "./calls";
import { receivableWords } from "./words";

type W = Say<typeof receivableWords>;

export function Component() {
  const { id = "" } = useParams();
  const query = useQuery(invoiceQuery(id));
  return <Loaded whole query={query}>{(found) => <Page of={found} />}</Loaded>;
}

function Page({ of }: { of: Invoice }) {
  const w = useWords(receivableWords);
  const calculates = useSession().permissions["commission.run"] === "all";
  return (
    <>
      <PageHeader
        title={w("invoice", { number: of.number })}
        trail={[
          { label: w("customers"), to: "/customers" },
          { label: of.customer, to: `/customers/${of.customer_id}` },
        ]}
        tags={
          <>
            {of.amount.amount === "0.00" && <StatusTag tone="plain">{w("withdrawn")}</StatusTag>}
            {of.disputed && <StatusTag tone="warn">{w("disputed")}</StatusTag>}
          </>
        }
        actions={<Actions of={of} />}
      />
      <WaitingCredits of={of.credits} />
      <Panel>
        <Facts
          of={[
            {
              label: w("customer"),
              value: <Link to={`/customers/${of.customer_id}`}>{of.customer}</Link>,
            },
            { label: w("issued_on"), value: <DayText of={of.issued_on} /> },
            { label: w("due_on"), value: <DayText of={of.due_on} /> },
            { label: w("amount"), value: <Money of={of.amount} /> },
            { label: w("cleared"), value: <Money of={of.cleared} /> },
            { label: w("open"), value: <Money of={of.open} /> },
            { label: w("overdue"), value: of.overdue_days },
            { label: w("responsible"), value: of.responsible?.name ?? "—" },
          ]}
        />
      </Panel>
      <Panel title={w("receipts")}>
        <Rows
          label={w("receipts")}
          columns={receiptColumns(w)}
          rows={of.receipts}
          rowKey={({ id }) => id}
          empty={<p>{w("no_receipts")}</p>}
        />
      </Panel>
      <Panel title={w("reversals")}>
        <p>{w("reversals_note")}</p>
        <Rows
          label={w("reversals")}
          columns={reversalColumns(w, of, calculates)}
          rows={of.reversals}
          rowKey={({ id }) => id}
          empty={<p>{w("no_reversals")}</p>}
        />
      </Panel>
      <FurtherColumns of={of} />
      <Panel title={w("responsibility")}>
        <Rows
          label={w("responsibility")}
          columns={responsibilityColumns(w)}
          rows={of.responsibility.toReversed()}
          rowKey={({ recorded_at, effective_on }) => `${effective_on} ${recorded_at}`}
          empty={<p>—</p>}
        />
      </Panel>
    </>
  );
}

function FurtherColumns({ of: { kept } }: { of: Invoice }) {
  const w = useWords(receivableWords);
  if (kept.length === 0) return null;
  return (
    <Panel title={w("kept")}>
      <Kept of={kept} />
    </Panel>
  );
}

const receiptColumns = (w: W): Column<CameBy>[] => [
  { key: "number", title: w("receipt"), cell: ({ number }) => number, card: "title" },
  { key: "day", title: w("received_on"), cell: (row) => <DayText of={row.received_on} /> },
  {
    key: "cleared",
    title: w("cleared"),
    align: "right",
    cell: ({ cleared }) => <Money of={cleared} />,
  },
  {
    key: "back",
    title: w("may_go_back"),
    align: "right",
    cell: (row) => <Money of={row.may_go_back} />,
  },
];

const bases: Readonly<
  Record<string, "basis_issued" | "basis_handed_over" | "basis_appointed" | "basis_corrected">
> = {
  issued: "basis_issued",
  handed_over: "basis_handed_over",
  appointed: "basis_appointed",
  corrected: "basis_corrected",
};

const responsibilityColumns = (w: W): Column<Responsibility>[] => [
  {
    key: "who",
    title: w("responsible"),
    cell: ({ responsible: { name, number } }) => `${name} ${number}`,
    card: "title",
  },
  {
    key: "from",
    title: w("effective_on"),
    cell: ({ effective_on }) => <DayText of={effective_on} />,
  },
  {
    key: "why",
    title: w("basis"),
    cell: ({ reason, reason_zh }) => {
      const known = bases[reason];
      return known ? w(known) : reason_zh;
    },
  },
];

/** What was taken back is told to whoever calculates for all; to others there is no column. */
function reversalColumns(w: W, of: Invoice, told: boolean): Column<Reversal>[] {
  return [
    { key: "number", title: w("number"), cell: ({ number }) => number, card: "title" },
    { key: "kind", title: w("kind"), card: "tag", cell: ({ kind }) => w(kind) },
    { key: "on", title: w("on"), cell: ({ on }) => <DayText of={on} /> },
    {
      key: "amount",
      title: w("amount"),
      align: "right",
      cell: ({ amount }) => <Money of={amount} />,
    },
    { key: "receipt", title: w("receipt"), cell: ({ receipt }) => receipt ?? "—" },
    { key: "reason", title: w("reason"), cell: ({ reason }) => reason },
    { key: "by", title: w("recorded_by"), cell: (row) => row.recorded_by?.name ?? "—" },
    ...(told
      ? [{ key: "took", title: w("took_back"), cell: (row: Reversal) => <Took of={row} /> }]
      : []),
    ...(of.may_reverse
      ? [{ key: "withdraw", title: "", cell: (row: Reversal) => <TakeBack of={row} /> }]
      : []),
  ];
}

const TakeBack = ({ of }: { of: Reversal }) => <WithdrawButton list="reversals" of={of} />;

function Took({ of }: { of: Reversal }) {
  const w = useWords(receivableWords);
  if (of.took_back.length === 0) return <>{w("took_none")}</>;
  const one = ({ person, month, amount }: Reversal["took_back"][number]) =>
    w("took", { name: person?.name ?? "—", month, money: formatMoney(amount) });
  return <>{clauses(of.took_back.map(one))}</>;
}
