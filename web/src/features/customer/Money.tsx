/** What the customer owes and paid, and the papers it rests on 发票、回款、合同与订单. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactNode } from "react";
import { Link, useNavigate } from "react-router";
import { useCan } from "@/api/session";
import type { PaperList } from "@/api/withdraw";
import { useWords } from "@/lib/language";
import type { Say } from "@/lib/words";
import { DayText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import type { Column } from "@/ui/list/column";
import { Rows } from "@/ui/list/Rows";
import { Loaded } from "@/ui/Loaded";
import { Money } from "@/ui/Money";
import { MatchButton } from "@/ui/pay/MatchCredit";
import { RefundButton } from "@/ui/pay/RefundCredit";
import { WithdrawButton } from "@/ui/pay/Withdraw";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import {
  attachedQuery,
  drawContract,
  refundsQuery,
  type Attached,
  type ContractItem,
  type CustomerView,
  type InvoiceItem,
  type OrderItem,
  type ReceiptItem,
  type RefundItem,
} from "./calls";
import styles from "./customer.module.css";
import { Enter } from "./Enter";
import { customerWords } from "./words";

type W = Say<typeof customerWords>;

function InvoiceState({ of, w }: { of: InvoiceItem; w: W }) {
  const { overdue_days: days, disputed } = of;
  if (of.open.amount === "0.00") return <StatusTag tone="good">{w("paid")}</StatusTag>;
  return (
    <>
      <StatusTag tone={days > 90 ? "bad" : days > 0 ? "warn" : "good"}>
        {days > 0 ? w("overdue_tag", { days }) : w("not_overdue")}
      </StatusTag>{" "}
      {disputed && <StatusTag tone="warn">{w("disputed")}</StatusTag>}
    </>
  );
}

type Cell<Row> = Column<Row>["cell"];

const money = <Row,>(key: string, title: string, cell: Cell<Row>): Column<Row> => ({
  key,
  title,
  cell,
  align: "right",
});

const invoiceColumns = (w: W): Column<InvoiceItem>[] => [
  {
    key: "number",
    title: w("invoice"),
    cell: ({ id, number }) => <Link to={`/invoices/${id}`}>{number}</Link>,
    card: "title",
  },
  { key: "issued", title: w("issued_on"), cell: ({ issued_on }) => <DayText of={issued_on} /> },
  { key: "due", title: w("due_on"), cell: ({ due_on }) => <DayText of={due_on} /> },
  money("amount", w("amount"), ({ amount }) => <Money of={amount} />),
  money("open", w("open_amount"), ({ open }) => <Money of={open} />),
  { key: "state", title: w("state"), cell: (row) => <InvoiceState of={row} w={w} />, card: "tag" },
  {
    key: "responsible",
    title: w("responsible"),
    cell: ({ responsible }) => responsible?.name ?? "—",
  },
];

const receiptColumns = (w: W): Column<ReceiptItem>[] => [
  { key: "number", title: w("receipt"), cell: ({ number }) => number, card: "title" },
  { key: "day", title: w("received_on"), cell: ({ received_on }) => <DayText of={received_on} /> },
  money("amount", w("amount"), ({ amount }) => <Money of={amount} />),
  money("cleared", w("cleared"), (row) => <Money of={row.cleared} />),
  money("refunded", w("refunded"), ({ refunded }) => <Money of={refunded} />),
  money("credit", w("credit"), ({ credit }) => <Money of={credit} />),
];

const refundColumns = (w: W): Column<RefundItem>[] => [
  { key: "number", title: w("refund"), cell: ({ number }) => number, card: "title" },
  { key: "receipt", title: w("receipt"), cell: ({ receipt }) => receipt ?? "—" },
  { key: "day", title: w("refunded_on"), cell: ({ on }) => <DayText of={on} /> },
  money("amount", w("amount"), ({ amount }) => <Money of={amount} />),
  { key: "reason", title: w("refund_reason"), cell: ({ reason }) => reason },
  { key: "by", title: w("recorded_by"), cell: (row) => row.recorded_by?.name ?? "—" },
];

const contractColumns = (w: W, of: CustomerView): Column<ContractItem>[] => [
  { key: "number", title: w("contract"), cell: ({ number }) => number },
  { key: "title", title: w("title"), cell: ({ title }) => title, card: "title" },
  money("amount", w("amount"), ({ amount }) => <Money of={amount} />),
  { key: "signed", title: w("signed_on"), cell: ({ signed_on }) => <DayText of={signed_on} /> },
  { key: "ends", title: w("ends_on"), cell: ({ ends_on }) => <DayText of={ends_on} /> },
  {
    key: "owner",
    title: w("contract_owner"),
    cell: (row) => <Holder of={row} customer={of} w={w} />,
  },
];

/** An ended contract stays with whoever had it at its end: only running ones change hands. */
function goesOf({ state, owner }: ContractItem, customer: CustomerView) {
  if (state !== "ended") return "with_customer";
  return owner && owner.id !== customer.owner?.id ? "ended_with_former" : "ended";
}

type HolderProps = { of: ContractItem; customer: CustomerView; w: W };

/** Who has a contract, and, where it does not go with its customer, since when and why. */
function Holder({ of, customer, w }: HolderProps) {
  const { owner, apart } = of;
  if (!apart) {
    return (
      <>
        {owner?.name ?? "—"}
        <small className={styles.under}>{w(goesOf(of, customer))}</small>
      </>
    );
  }
  return (
    <>
      <strong>{apart.person?.name ?? owner?.name ?? "—"}</strong>
      <small className={styles.under}>
        {w("apart_since", { day: apart.since, from: apart.from?.name ?? "—" })}{" "}
        <Link to={`/plans/${apart.plan_id}`}>{apart.plan}</Link>
      </small>
    </>
  );
}

const orderColumns = (w: W): Column<OrderItem>[] => [
  { key: "number", title: w("order"), cell: ({ number }) => number, card: "title" },
  { key: "ordered", title: w("ordered_on"), cell: (row) => <DayText of={row.ordered_on} /> },
  { key: "shipped", title: w("shipped_on"), cell: (row) => <DayText of={row.shipped_on} /> },
  money("amount", w("amount"), ({ amount }) => <Money of={amount} />),
  { key: "owner", title: w("owner"), cell: ({ owner }) => owner?.name ?? "—" },
];

type ListProps<What extends keyof Attached> = {
  of: CustomerView;
  what: What;
  title: string;
  columns: readonly Column<Attached[What]>[];
  empty: ReactNode;
};

/** One of the lists that hang on the customer, under its own heading. */
function AttachedList<What extends keyof Attached>(props: ListProps<What>) {
  const { of, what, title, columns, empty } = props;
  const query = useQuery(attachedQuery(of.id, what));
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2>{title}</h2>
        <Enter what={what} of={of} />
      </div>
      <Loaded query={query}>
        {(rows) => (
          <Rows
            label={title}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            empty={empty}
          />
        )}
      </Loaded>
    </section>
  );
}

/** What went back of money that was left over; nothing where nothing did. */
function Refunds({ of }: { of: CustomerView }) {
  const w = useWords(customerWords);
  const doings = useDoings<RefundItem>("refunds", w);
  const rows = useQuery(refundsQuery(of.id)).data ?? [];
  if (rows.length === 0) return null;
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2>{w("refunds")}</h2>
      </div>
      <Rows
        label={w("refunds")}
        columns={[...refundColumns(w), ...doings]}
        rows={rows}
        rowKey={(row) => row.id}
        empty={null}
      />
    </section>
  );
}

/**
 * What whoever enters papers can do with one: match or pay back what is left of it, take a wrong
 * one back.
 */
function useDoings<Row extends { id: string; number: string }>(
  list: PaperList,
  w: W,
  more?: (row: Row) => ReactNode,
): Column<Row>[] {
  const may = useCan()("receivable.write");
  if (!may) return [];
  const cell = (row: Row) => (
    <>
      {more?.(row)}
      <WithdrawButton list={list} of={row} />
    </>
  );
  return [{ key: "do", title: w("doings"), cell }];
}

export function Invoices({ of }: { of: CustomerView }) {
  const w = useWords(customerWords);
  const doings = useDoings<ReceiptItem>("receipts", w, (row) => (
    <>
      <MatchButton of={row} />
      <RefundButton of={row} />
    </>
  ));
  return (
    <>
      <AttachedList
        of={of}
        what="invoices"
        title={w("invoices")}
        columns={invoiceColumns(w)}
        empty={<EmptyState title={w("no_invoices")} why={w("no_invoices_why")} />}
      />
      <AttachedList
        of={of}
        what="receipts"
        title={w("receipts")}
        columns={[...receiptColumns(w), ...doings]}
        empty={<p className={styles.fine}>{w("no_receipts")}</p>}
      />
      <Refunds of={of} />
    </>
  );
}

/** A plan for one contract, while its customer stays where it is. */
function useHandOver(w: W): Column<ContractItem>[] {
  const navigate = useNavigate();
  const may = useCan()("handover.plan");
  const draw = useAct({
    run: ({ id, owner }: ContractItem, headers) => drawContract(headers, id, owner?.id ?? ""),
    done: w("apart_drawn"),
    refresh: [["plans"]],
    onDone: ({ id }) => void (id && navigate(`/plans/${id}`)),
  });
  if (!may) return [];
  const cell = (row: ContractItem) =>
    row.state === "active" && row.owner ? (
      <Button
        type="link"
        size="small"
        aria-label={w("apart_of", { title: row.title })}
        disabled={draw.isPending}
        onClick={() => draw.mutate(row)}
      >
        {w("apart")}
      </Button>
    ) : null;
  return [{ key: "apart", title: w("apart_column"), cell }];
}

export function Papers({ of }: { of: CustomerView }) {
  const w = useWords(customerWords);
  const handOver = useHandOver(w);
  const contract = useDoings<ContractItem>("contracts", w);
  const order = useDoings<OrderItem>("orders", w);
  return (
    <>
      <AttachedList
        of={of}
        what="contracts"
        title={w("contracts")}
        columns={[...contractColumns(w, of), ...handOver, ...contract]}
        empty={<p className={styles.fine}>{w("no_contracts")}</p>}
      />
      <AttachedList
        of={of}
        what="orders"
        title={w("orders")}
        columns={[...orderColumns(w), ...order]}
        empty={<p className={styles.fine}>{w("no_orders")}</p>}
      />
    </>
  );
}
