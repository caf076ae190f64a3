/** Superior or finance answers an objection: it is right, partly right, or not 答复异议. */
import { Form, Input, Radio } from "antd";
import { useWords } from "@/lib/language";
import { formatMoney, type Money } from "@/lib/money";
import { FormDialog, ReasonField } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { answerLine, refresh } from "./calls";
import { fits, moneyIn } from "./talking";
import { talkWords } from "./talkWords";

const verdicts = ["accept", "partly", "refuse"] as const;
type Verdict = (typeof verdicts)[number];
type Values = { verdict: Verdict; granted?: string; reason: string };

/** What is answered: a line, whose it is, what it comes to and what is claimed. */
export type Asked = {
  month: string;
  key: string;
  name: string;
  reason: string;
  amount: Money;
  claimed: Money | undefined;
};

export function AnswerForm({ of, onClose }: { of: Asked; onClose: () => void }) {
  const w = useWords(talkWords);
  const [form] = Form.useForm<Values>();
  const act = useAct({
    run: ({ verdict, granted, reason }: Values, once) => {
      const part = verdict === "partly" ? { granted: moneyIn(granted) } : {};
      return answerLine(of.key, { month: of.month, verdict, reason: reason.trim(), ...part }, once);
    },
    done: w("answered_ok"),
    refresh: [...refresh, ["tasks"]],
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w("answer_title", { name: of.name })}
      confirm={w("send_answer")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ verdict: "accept" }}
      onSubmit={(values) => act.mutate(values)}
      onClose={onClose}
    >
      <blockquote>{of.reason}</blockquote>
      <Form.Item name="verdict" label={w("verdict")}>
        <Radio.Group options={verdicts.map((value) => ({ value, label: w(value) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={["verdict"]}>
        {({ getFieldValue }) => {
          const verdict = (getFieldValue("verdict") as Verdict | undefined) ?? "accept";
          return (
            <>
              <p>{w(`${verdict}_means`)}</p>
              {verdict === "partly" && <Granted of={of} />}
            </>
          );
        }}
      </Form.Item>
      <ReasonField />
    </FormDialog>
  );
}

function Granted({ of }: { of: Asked }) {
  const w = useWords(talkWords);
  const between = of.claimed && {
    low: formatMoney(of.amount),
    high: formatMoney(of.claimed),
  };
  const hint = between ? w("granted_between", between) : undefined;
  const fine = {
    validator: (_: unknown, granted?: string) =>
      fits(granted?.trim() ?? "", of.amount, of.claimed)
        ? Promise.resolve()
        : Promise.reject(new Error(hint ?? w("wrong_amount"))),
  };
  return (
    <Form.Item name="granted" label={w("granted")} extra={hint} rules={[fine]} required>
      <Input inputMode="decimal" />
    </Form.Item>
  );
}
