/** Finance records a payment: of everybody, or of one person and then perhaps a part 登记发放. */
import { Form, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import type { Schema } from "@/api/client";
import { useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { formatMoney, type Money } from "@/lib/money";
import { DayPicker } from "@/ui/DayPicker";
import { FormDialog } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { recordPayment, refresh, type PersonDue } from "./calls";
import { payingWords } from "./payingWords";

type Values = { paid_on: Dayjs; reference: string; amount?: string; reason?: string };

type Props = {
  month: string;
  /** Nobody for everybody. */
  due: PersonDue | undefined;
  total: Money;
  onClose: () => void;
};

const AMOUNT = /^\d{1,12}(\.\d{1,2})?$/;

function body({ paid_on, reference, amount, reason }: Values, payee: string | undefined) {
  const part = amount?.trim();
  return {
    payee,
    paid_on: paid_on.format("YYYY-MM-DD"),
    reference,
    ...(part && { amount: { amount: part, currency: "CNY" }, reason: reason ?? "" }),
  } satisfies Schema<"NewPayment">;
}

export function PaymentForm({ month, due, total, onClose }: Props) {
  const w = useWords(payingWords);
  const [form] = Form.useForm<Values>();
  const act = useAct({
    run: (values: Values, once) => recordPayment(month, body(values, due?.payee.id), once),
    done: w("paid_ok"),
    refresh,
    form,
    inline: true,
    onDone: onClose,
  });
  const required = [{ required: true, message: w("required") }];
  const last = dayjs(useSession().today);
  return (
    <FormDialog
      title={due ? w("pay_of", { name: due.payee.name }) : w("pay_all")}
      confirm={w("pay")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ paid_on: last }}
      onSubmit={(values) => act.mutate(values)}
      onClose={onClose}
    >
      <p>{w(due ? "pay_one_means" : "pay_all_means", { money: formatMoney(total) })}</p>
      <Form.Item name="paid_on" label={w("paid_on")} rules={required}>
        <DayPicker allowClear={false} maxDate={last} />
      </Form.Item>
      <Form.Item name="reference" label={w("reference")} rules={required}>
        <Input maxLength={100} />
      </Form.Item>
      {due && (
        <>
          <Form.Item
            name="amount"
            label={w("part")}
            extra={w("part_hint")}
            rules={[{ pattern: AMOUNT, message: w("wrong_amount") }]}
          >
            <Input inputMode="decimal" />
          </Form.Item>
          <Form.Item noStyle dependencies={["amount"]}>
            {({ getFieldValue }) =>
              getFieldValue("amount") ? (
                <Form.Item name="reason" label={w("reason")} rules={required}>
                  <Input maxLength={200} />
                </Form.Item>
              ) : null
            }
          </Form.Item>
        </>
      )}
    </FormDialog>
  );
}
