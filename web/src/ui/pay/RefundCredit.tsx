/** What is left over of a receipt goes back to the customer 退回余款. */
import { Form, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { matched, refundCredit } from "@/api/credit";
import { useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { formatMoney, yuan, type Money } from "@/lib/money";
import { AmountField } from "../AmountField";
import { DayPicker } from "../DayPicker";
import { FormDialog, ReasonField } from "../FormDialog";
import { useAct } from "../useAct";
import { CreditButton } from "./CreditButton";
import { creditWords } from "./creditWords";

type Credit = { id: string; number: string; received_on: string; credit: Money };

/** The button, where something is left of a receipt. */
export function RefundButton({ of }: { of: Credit }) {
  return (
    <CreditButton of={of} verb="refund">
      {(close) => <RefundDialog of={of} onClose={close} />}
    </CreditButton>
  );
}

type Values = { number: string; amount: string; on: Dayjs; reason: string };

function RefundDialog({ of, onClose }: { of: Credit; onClose: () => void }) {
  const w = useWords(creditWords);
  const [form] = Form.useForm<Values>();
  const last = dayjs(useSession().today);
  const act = useAct({
    run: ({ number, amount, on, reason }: Values, once) =>
      refundCredit(
        of.id,
        {
          number: number.trim(),
          amount: yuan(amount),
          on: on.format("YYYY-MM-DD"),
          reason: reason.trim(),
        },
        once,
      ),
    done: w("refunded_ok"),
    refresh: matched,
    form,
    inline: true,
    onDone: onClose,
  });
  const required = [{ required: true, whitespace: true, message: w("required") }];
  return (
    <FormDialog
      title={w("refund_of", { number: of.number })}
      confirm={w("refund")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ amount: of.credit.amount, on: last }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <p>{w("refund_means", { money: formatMoney(of.credit) })}</p>
      <Form.Item name="number" label={w("refund_number")} rules={required}>
        <Input maxLength={64} />
      </Form.Item>
      <AmountField
        required
        name="amount"
        label={w("refund_amount")}
        extra={w("at_most", { money: formatMoney(of.credit) })}
      />
      <Form.Item
        name="on"
        label={w("refund_on")}
        rules={[{ required: true, message: w("required") }]}
      >
        <DayPicker allowClear={false} minDate={dayjs(of.received_on)} maxDate={last} />
      </Form.Item>
      <ReasonField />
    </FormDialog>
  );
}
