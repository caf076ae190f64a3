/** A signed contract is entered 登记合同. */
import { Form, Input } from "antd";
import type { Dayjs } from "dayjs";
import { useWords } from "@/lib/language";
import { yuan } from "@/lib/money";
import { AmountField } from "@/ui/AmountField";
import { enterContract } from "./calls";
import styles from "./customer.module.css";
import { EnterDialog } from "./EnterDialog";
import { DayField, TextField, type EnterProps } from "./enterFields";
import { enterWords } from "./enterWords";

type Draft = {
  number: string;
  title: string;
  amount: string;
  signed_on: Dayjs;
  ends_on?: Dayjs | null;
  product?: string;
  margin?: string;
};

export function EnterContract(props: EnterProps) {
  const w = useWords(enterWords);
  return (
    <EnterDialog<Draft>
      {...props}
      what="contract"
      send={({ amount, signed_on, ends_on, product, margin, ...typed }, headers) =>
        enterContract(headers, {
          ...typed,
          customer_id: props.of.id,
          amount: yuan(amount),
          signed_on: signed_on.format("YYYY-MM-DD"),
          ends_on: ends_on?.format("YYYY-MM-DD"),
          product: product ?? "",
          margin: margin?.trim() ? yuan(margin) : undefined,
        })
      }
    >
      <TextField name="title" label={w("title")} max={100} hint={w("title_hint")} />
      <AmountField name="amount" label={w("amount")} required />
      <div className={styles.pair}>
        <DayField name="signed_on" label={w("signed_on")} />
        <DayField name="ends_on" label={w("ends_on")} extra={w("ends_hint")} optional />
      </div>
      <Form.Item name="product" label={w("product")}>
        <Input maxLength={100} />
      </Form.Item>
      <AmountField name="margin" label={w("margin")} extra={w("margin_hint")} anySign />
    </EnterDialog>
  );
}
