/** Finance records that money went back, or will never come 登记退款或坏账. */
import { Form, Input, Radio, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { formatMoney, yuan } from "@/lib/money";
import { AmountField } from "@/ui/AmountField";
import { DayPicker } from "@/ui/DayPicker";
import { FormDialog, ReasonField } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { refresh, reverse, type CameBy, type Invoice } from "./calls";
import { receivableWords } from "./words";
import { WouldTake } from "./WouldTake";

type Kind = "refund" | "bad_debt";

type Values = {
  kind: Kind;
  receipt_id?: string;
  number: string;
  on: Dayjs;
  amount: string;
  reason: string;
};

const something = ({ amount }: { amount: string }) => /[1-9]/.test(amount);

export function ReverseForm({ of, onClose }: { of: Invoice; onClose: () => void }) {
  const w = useWords(receivableWords);
  const [form] = Form.useForm<Values>();
  const back = of.receipts.filter(({ may_go_back }) => something(may_go_back));
  const act = useAct({
    run: ({ kind, receipt_id, number, on, amount, reason }: Values, once) =>
      reverse(
        {
          kind,
          invoice_id: of.id,
          receipt_id: kind === "refund" ? receipt_id : undefined,
          number: number.trim(),
          on: on.format("YYYY-MM-DD"),
          amount: yuan(amount),
          reason: reason.trim(),
        },
        once,
      ),
    done: w("recorded_ok"),
    refresh,
    form,
    inline: true,
    onDone: onClose,
  });
  const required = [{ required: true, message: w("required") }];
  const last = dayjs(useSession().today);
  return (
    <FormDialog
      title={w("record")}
      confirm={w("save")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ kind: back.length > 0 ? "refund" : "bad_debt", receipt_id: back[0]?.id, on: last }}
      onSubmit={(values) => act.mutate(values)}
      onClose={onClose}
    >
      <Form.Item name="kind" label={w("kind")}>
        <Radio.Group
          options={[
            { value: "refund", label: w("refund"), disabled: back.length === 0 },
            { value: "bad_debt", label: w("bad_debt"), disabled: !something(of.may_lose) },
          ]}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={["kind", "receipt_id"]}>
        {({ getFieldValue }) => (
          <Particulars
            of={of}
            back={back}
            kind={(getFieldValue("kind") as Kind | undefined) ?? "bad_debt"}
            receipt={getFieldValue("receipt_id") as string | undefined}
          />
        )}
      </Form.Item>
      <Form.Item name="number" label={w("number")} rules={required}>
        <Input maxLength={64} />
      </Form.Item>
      <Form.Item name="on" label={w("on")} rules={required}>
        <DayPicker allowClear={false} maxDate={last} />
      </Form.Item>
      <ReasonField />
      <WouldTake invoice={of.id} form={form} />
    </FormDialog>
  );
}

type ParticularsProps = {
  of: Invoice;
  back: readonly CameBy[];
  kind: Kind;
  receipt: string | undefined;
};

/** Which money, and how much of it there is. */
function Particulars({ of, back, kind, receipt }: ParticularsProps) {
  const w = useWords(receivableWords);
  const chosen = back.find(({ id }) => id === receipt);
  const most = kind === "refund" ? chosen?.may_go_back : of.may_lose;
  return (
    <>
      <p>{w(`${kind}_means`)}</p>
      {kind === "refund" && (
        <Form.Item
          name="receipt_id"
          label={w("receipt")}
          rules={[{ required: true, message: w("required") }]}
        >
          <Select
            options={back.map(({ id, number, received_on, may_go_back }) => ({
              value: id,
              label: `${number} · ${received_on} · ${formatMoney(may_go_back)}`,
            }))}
          />
        </Form.Item>
      )}
      <AmountField
        required
        name="amount"
        label={w("amount")}
        extra={most && w("at_most", { money: formatMoney(most) })}
      />
    </>
  );
}
