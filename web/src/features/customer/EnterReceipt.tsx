/** Money that arrived is entered, and what it clears 登记回款. */
import { useQuery } from "@tanstack/react-query";
import { Alert, Form, Radio } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { readAmount, yuan } from "@/lib/money";
import { AmountField } from "@/ui/AmountField";
import { atInvoices, named, type Matchable, type Typed } from "@/ui/pay/credit";
import { MatchLines } from "@/ui/pay/MatchLines";
import { attachedQuery, enterReceipt, type InvoiceItem } from "./calls";
import styles from "./customer.module.css";
import { EnterDialog } from "./EnterDialog";
import { DayField, type EnterProps } from "./enterFields";
import { enterWords } from "./enterWords";

type Clears = "oldest" | "named" | "none";

type Draft = {
  number: string;
  received_on: Dayjs;
  amount: string;
  clears?: Clears;
  amounts?: Typed;
};

const matchable = (open: readonly InvoiceItem[], typed?: string): Matchable => ({
  credit: yuan(typed && readAmount(typed) !== null ? typed : "0"),
  invoices: open.map(({ id, ...rest }) => ({ invoice_id: id, ...rest })),
});

/** What the server shall clear; `undefined` leaves the choice to it. */
function clearingsOf({ clears, amount, amounts }: Draft, open: readonly InvoiceItem[]) {
  if (clears === "none") return [];
  if (clears === "named") return named(matchable(open, amount), amounts ?? {});
  return undefined;
}

export function EnterReceipt(props: EnterProps) {
  const w = useWords(enterWords);
  const { today } = useSession();
  const [nothing, setNothing] = useState(false);
  const invoices = useQuery(attachedQuery(props.of.id, "invoices")).data;
  const open = (invoices ?? []).filter((one) => /[1-9]/.test(one.open.amount));
  return (
    <EnterDialog<Draft>
      {...props}
      what="receipt"
      initial={{ received_on: dayjs(today), clears: "oldest" }}
      fits={(draft) => {
        const none = draft.clears === "named" && clearingsOf(draft, open)?.length === 0;
        setNothing(none);
        return !none;
      }}
      send={(draft, headers) => {
        const clearings = clearingsOf(draft, open);
        const answer = enterReceipt(headers, {
          customer_id: props.of.id,
          number: draft.number,
          received_on: draft.received_on.format("YYYY-MM-DD"),
          amount: yuan(draft.amount),
          clearings,
        });
        return atInvoices(clearings ?? [], answer);
      }}
    >
      <AmountField name="amount" label={w("amount")} required />
      <DayField name="received_on" label={w("received_on")} past />
      {invoices && <Clearing open={open} />}
      {nothing && <Alert type="warning" showIcon title={w("nothing_named")} />}
    </EnterDialog>
  );
}

/** Which of the open invoices the money clears. */
function Clearing({ open }: { open: readonly InvoiceItem[] }) {
  const w = useWords(enterWords);
  if (open.length === 0) return <p className={styles.fine}>{w("nothing_open")}</p>;
  const ways = ["oldest", "named", "none"] as const;
  return (
    <>
      <Form.Item name="clears" label={w("clears")}>
        <Radio.Group
          vertical
          options={ways.map((value) => ({ value, label: w(`clears_${value}`) }))}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={["clears", "amount"]}>
        {({ getFieldValue }) =>
          getFieldValue("clears") === "named" && (
            <>
              <p className={styles.fine}>{w("named_note")}</p>
              <MatchLines of={matchable(open, getFieldValue("amount") as string | undefined)} />
            </>
          )
        }
      </Form.Item>
    </>
  );
}
