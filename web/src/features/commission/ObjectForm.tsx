/** The payee says what is wrong with a line, how much it should be, and shows it 提出异议. */
import { Form, Input } from "antd";
import { base64Of } from "@/lib/base64";
import { useWords } from "@/lib/language";
import { formatMoney } from "@/lib/money";
import { FileInput, fileIn } from "@/ui/FileInput";
import { FormDialog, ReasonField } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { objectToLine, refresh, type Line } from "./calls";
import { above, AMOUNT, moneyIn } from "./talking";
import { talkWords } from "./talkWords";

type Values = { reason: string; claimed?: string; file?: File };

type Props = { of: Line; month: string; onClose: () => void };

async function bodyOf({ reason, claimed, file }: Values, month: string) {
  const attachment = file && { name: file.name.slice(-100), content: await base64Of(file) };
  return { month, reason: reason.trim(), claimed: moneyIn(claimed), attachment };
}

export function ObjectForm({ of, month, onClose }: Props) {
  const w = useWords(talkWords);
  const [form] = Form.useForm<Values>();
  const act = useAct({
    run: async (values: Values, once) => objectToLine(of.key, await bodyOf(values, month), once),
    done: w("objected_ok"),
    refresh,
    form,
    inline: true,
    onDone: onClose,
  });
  const higher = {
    validator: (_: unknown, claimed?: string) => {
      const typed = claimed?.trim() ?? "";
      return above(typed, of.commission) || !AMOUNT.test(typed)
        ? Promise.resolve()
        : Promise.reject(new Error(w("claimed_hint", { money: formatMoney(of.commission) })));
    },
  };
  return (
    <FormDialog
      title={w("object_title")}
      confirm={w("send_objection")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      onSubmit={(values) => act.mutate(values)}
      onClose={onClose}
    >
      <p>
        <strong>{[of.customer, of.record].filter(Boolean).join(" · ")}</strong>
        {of.deal && <> · {[of.deal, of.deal_title].filter(Boolean).join(" ")}</>} ·{" "}
        {formatMoney(of.commission)}
      </p>
      <p>{w("object_means")}</p>
      <ReasonField />
      <Form.Item
        name="claimed"
        label={w("claimed")}
        extra={w("claimed_hint", { money: formatMoney(of.commission) })}
        rules={[{ pattern: AMOUNT, message: w("wrong_amount") }, higher]}
      >
        <Input inputMode="decimal" />
      </Form.Item>
      <Form.Item
        name="file"
        label={w("attachment")}
        extra={w("attachment_hint")}
        valuePropName="file"
        getValueFromEvent={fileIn}
      >
        <FileInput />
      </Form.Item>
    </FormDialog>
  );
}
