/** What a refund or a bad debt would take back, before it is recorded 收回预览. */
import { useQuery } from "@tanstack/react-query";
import { Alert, Form, type FormInstance } from "antd";
import type { Dayjs } from "dayjs";
import type { Schema } from "@/api/client";
import { useWords } from "@/lib/language";
import { clauses } from "@/lib/marks";
import { formatMoney, readAmount } from "@/lib/money";
import { useSettled } from "@/ui/useSettled";
import { previewQuery, type ReversalPreview } from "./calls";
import { receivableWords } from "./words";

type Typed = {
  kind?: "refund" | "bad_debt";
  receipt_id?: string;
  on?: Dayjs;
  amount?: string;
};

/** What is asked about; nothing while something is missing. */
export function asked(invoice: string, { kind, receipt_id, on, amount }: Typed): string {
  const yuan = readAmount(amount ?? "");
  if (!kind || !on || yuan === null || !/[1-9]/.test(yuan)) return "";
  if (kind === "refund" && !receipt_id) return "";
  return JSON.stringify({
    kind,
    invoice_id: invoice,
    receipt_id: kind === "refund" ? receipt_id : undefined,
    on: on.format("YYYY-MM-DD"),
    amount: { amount: yuan, currency: "CNY" },
  } satisfies Schema<"TriedReversal">);
}

type Props<Values> = { invoice: string; form: FormInstance<Values> };

export function WouldTake<Values extends Typed>({ invoice, form }: Props<Values>) {
  const typed = Form.useWatch((values: Values) => asked(invoice, values), form) as
    | string
    | undefined;
  const { data } = useQuery(previewQuery(useSettled(typed ?? "")));
  return <div role="status">{data && <Preview of={data} />}</div>;
}

export function Preview({ of: { month, people, others } }: { of: ReversalPreview }) {
  const w = useWords(receivableWords);
  if (!month) return <Alert type="info" showIcon title={w("would_take_none")} />;
  const one = ({ person, amount }: ReversalPreview["people"][number]) =>
    w("would_take_one", { name: person.name, money: formatMoney(amount) });
  const what = clauses([...people.map(one), ...(others ? [w("would_take_more")] : [])]);
  return (
    <Alert
      type="warning"
      showIcon
      title={
        people.length === 0
          ? w("would_take_others", { month })
          : w("would_take", { what, month })
      }
      description={w("would_take_note")}
    />
  );
}
