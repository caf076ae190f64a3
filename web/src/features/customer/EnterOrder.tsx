/** An order is entered 登记订单. */
import { useQuery } from "@tanstack/react-query";
import { Form } from "antd";
import type { Dayjs } from "dayjs";
import { useWords } from "@/lib/language";
import { yuan } from "@/lib/money";
import { AmountField } from "@/ui/AmountField";
import { FormDialog } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { attachedQuery, entered, enterOrder } from "./calls";
import { DayField, ForCustomer, PaperField, TextField, type EnterProps } from "./enterFields";
import { enterWords } from "./enterWords";

type Draft = { number: string; contract_id?: string; amount: string; ordered_on: Dayjs };

export function EnterOrder({ of, onClose }: EnterProps) {
  const w = useWords(enterWords);
  const [form] = Form.useForm<Draft>();
  const contracts = useQuery(attachedQuery(of.id, "contracts")).data;
  const act = useAct({
    run: (typed: Draft, headers) =>
      enterOrder(headers, {
        customer_id: of.id,
        number: typed.number,
        contract_id: typed.contract_id,
        amount: yuan(typed.amount),
        ordered_on: typed.ordered_on.format("YYYY-MM-DD"),
      }),
    done: w("entered_order"),
    refresh: entered,
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w("enter_order")}
      confirm={w("enter")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <ForCustomer of={of} />
      <TextField name="number" label={w("order_number")} max={64} />
      <PaperField
        name="contract_id"
        label={w("of_contract")}
        papers={contracts}
        tell={({ number, title }) => `${number} · ${title}`}
      />
      <AmountField name="amount" label={w("amount")} required />
      <DayField name="ordered_on" label={w("ordered_on")} />
    </FormDialog>
  );
}
