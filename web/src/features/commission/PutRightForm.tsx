/** What was accepted of an objection was put right on another deal 异议已另行更正. */
import { Form, Input } from "antd";
import { useWords } from "@/lib/language";
import { FormDialog, ReasonField } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { putRight, refresh, type Objection } from "./calls";
import { talkWords } from "./talkWords";

type Values = { deal: string; reason: string };

export function PutRightForm({ of, onClose }: { of: Objection; onClose: () => void }) {
  const w = useWords(talkWords);
  const [form] = Form.useForm<Values>();
  const act = useAct({
    run: ({ deal, reason }: Values, once) =>
      putRight(of.key, { month: of.month, deal: deal.trim(), reason: reason.trim() }, once),
    done: w("put_right_ok"),
    refresh,
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w("put_right_title", { name: of.payee?.name ?? "" })}
      form={form}
      busy={act.isPending}
      problem={act.error}
      onSubmit={(values) => act.mutate(values)}
      onClose={onClose}
    >
      <blockquote>{of.reason}</blockquote>
      <p>{w("put_right_means")}</p>
      <Form.Item
        name="deal"
        label={w("put_right_deal")}
        rules={[{ required: true, whitespace: true, message: w("required") }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <ReasonField />
    </FormDialog>
  );
}
