/** A signed contract is entered 登记合同. */
import { Form, Input } from "antd";
import type { Dayjs } from "dayjs";
import { useWords } from "@/lib/language";
import { yuan } from "@/lib/money";
import { AmountField } from "@/ui/AmountField";
import { FormDialog } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { entered, enterContract } from "./calls";
import styles from "./customer.module.css";
import { DayField, ForCustomer, TextField, type EnterProps } from "./enterFields";
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

export function EnterContract({ of, onClose }: EnterProps) {
  const w = useWords(enterWords);
  const [form] = Form.useForm<Draft>();
  const act = useAct({
    run: (typed: Draft, headers) =>
      enterContract(headers, {
        customer_id: of.id,
        number: typed.number,
        title: typed.title,
        amount: yuan(typed.amount),
        signed_on: typed.signed_on.format("YYYY-MM-DD"),
        ends_on: typed.ends_on?.format("YYYY-MM-DD"),
        product: typed.product ?? "",
        margin: typed.margin?.trim() ? yuan(typed.margin) : undefined,
      }),
    done: w("entered_contract"),
    refresh: entered,
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w("enter_contract")}
      confirm={w("enter")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <ForCustomer of={of} />
      <TextField name="number" label={w("contract_number")} max={64} />
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
    </FormDialog>
  );
}
