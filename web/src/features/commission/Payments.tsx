/** What was paid of commission up to a month, and what is still to be paid 提成发放. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { formatMoment } from "@/lib/day";
import { useWords } from "@/lib/language";
import { DayText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import { Figures } from "@/ui/Figures";
import type { Column } from "@/ui/list/column";
import { ListCards } from "@/ui/list/ListCards";
import { ListTable } from "@/ui/list/ListTable";
import { Loaded } from "@/ui/Loaded";
import { Money } from "@/ui/Money";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ReasonDialog } from "@/ui/ReasonDialog";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import { useNarrow } from "@/ui/useNarrow";
import {
  paymentsQuery,
  refresh,
  undoPayment,
  type MonthPayments,
  type PaymentItem,
  type PersonDue,
} from "./calls";
import styles from "./commission.module.css";
import { PaymentForm } from "./PaymentForm";
import { Places } from "./Places";
import { Stage } from "./Stage";
import { commissionWords } from "./words";
import { payingWords } from "./payingWords";

export function Component() {
  const { month = "" } = useParams();
  const query = useQuery(paymentsQuery(month));
  return <Loaded whole query={query}>{(of) => <Page of={of} />}</Loaded>;
}

function Page({ of }: { of: MonthPayments }) {
  const w = useWords(payingWords);
  const c = useWords(commissionWords);
  const [asking, setAsking] = useState<PersonDue | "all">();
  const closed = of.stage === "closed";
  const some = closed && /[1-9]/.test(of.payable.amount);
  return (
    <>
      <PageHeader
        title={w("title", { month: of.month })}
        trail={[
          { label: c("title"), to: "/commission" },
          { label: c("months"), to: "/commission/months" },
        ]}
        tags={<Stage of={of.stage} />}
        note={w("note")}
        actions={
          <Button type="primary" disabled={!some} onClick={() => setAsking("all")}>
            {w("pay_all")}
          </Button>
        }
      />
      <Places />
      <Panel>
        <Figures
          of={[
            { label: w("payable"), value: <Money of={of.payable} /> },
            { label: w("withheld"), value: <Money of={of.withheld} /> },
            { label: w("people"), value: of.due.length },
            { label: w("since"), value: of.since ?? w("never") },
          ]}
        />
      </Panel>
      <Panel title={w("due")}>
        {of.due.length === 0 ? (
          <EmptyState title={w("all_paid")} why={w(closed ? "all_paid_why" : "not_closed")} />
        ) : (
          <Due of={of.due} month={of.month} onPay={setAsking} />
        )}
      </Panel>
      <Panel title={w("records")}>
        {of.items.length === 0 ? (
          <p className={styles.fine}>{w("no_records")}</p>
        ) : (
          <ul className={styles.months}>
            {of.items.map((item) => (
              <Item key={item.id} of={item} />
            ))}
          </ul>
        )}
      </Panel>
      {asking && (
        <PaymentForm
          month={of.month}
          due={asking === "all" ? undefined : asking}
          total={asking === "all" ? of.payable : asking.payable}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}

type DueProps = {
  of: readonly PersonDue[];
  month: string;
  onPay: (who: PersonDue) => void;
};

function Due({ of, month, onPay }: DueProps) {
  const w = useWords(payingWords);
  const narrow = useNarrow();
  const columns: Column<PersonDue>[] = [
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
    { key: "lines", title: w("lines"), align: "right", cell: ({ lines }) => lines },
    {
      key: "due_on",
      title: w("due_on"),
      cell: ({ due_on }) => (due_on ? <DayText of={due_on} /> : "—"),
    },
    {
      key: "withheld",
      title: w("withheld"),
      align: "right",
      cell: ({ withheld }) => <Money of={withheld} />,
    },
    {
      key: "payable",
      title: w("payable"),
      align: "right",
      cell: ({ payable }) => <Money of={payable} />,
    },
    {
      key: "pay",
      title: "",
      align: "right",
      cell: (row) => (
        <Button
          size="small"
          disabled={!/[1-9]/.test(row.payable.amount) || row.payable.amount.startsWith("-")}
          aria-label={w("pay_of", { name: row.payee.name })}
          onClick={() => onPay(row)}
        >
          {w("pay")}
        </Button>
      ),
    },
  ];
  const common = {
    label: w("due"),
    columns,
    rows: of,
    rowKey: ({ payee }: PersonDue) => payee.id,
  };
  return narrow ? <ListCards {...common} /> : <ListTable {...common} />;
}

function Item({ of }: { of: PaymentItem }) {
  const w = useWords(payingWords);
  const [open, setOpen] = useState(false);
  const undo = useAct({
    run: (reason: string, once) => undoPayment(of.id, { reason }, once),
    done: w("undone_ok"),
    refresh,
    inline: true,
  });
  const who = of.payee?.name ?? w("people_n", { n: of.people });
  return (
    <li>
      <DayText of={of.paid_on} />
      <strong>{who}</strong>
      <Money of={of.total} />
      {of.undoes && <StatusTag tone="warn">{w("undoing")}</StatusTag>}
      {of.undone && <StatusTag tone="bad">{w("undone")}</StatusTag>}
      <span className={styles.fine}>
        {[of.reference, of.reason, of.recorded_by?.name, formatMoment(of.recorded_at)]
          .filter(Boolean)
          .join(" · ")}
      </span>
      {!of.undoes && !of.undone && (
        <span className={styles.buttons}>
          <Button
            size="small"
            danger
            aria-label={w("undo_of", { what: of.reference })}
            onClick={() => setOpen(true)}
          >
            {w("undo")}
          </Button>
        </span>
      )}
      <ReasonDialog
        open={open}
        danger
        title={w("undo_of", { what: of.reference })}
        confirm={w("undo")}
        onConfirm={(reason) => undo.mutateAsync(reason)}
        onClose={() => setOpen(false)}
      >
        <p>{w("undo_means")}</p>
      </ReasonDialog>
    </li>
  );
}
