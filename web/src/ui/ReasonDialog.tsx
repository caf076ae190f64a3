/** Asks for a reason before something serious is done 填写原因确认. */
import { Form, Input, Modal } from "antd";
import { useState, type ReactNode } from "react";
import { useWords } from "@/lib/language";
import { asProblem, type Problem } from "@/lib/problem";
import { ProblemNote } from "./ProblemNote";
import { uiWords } from "./words";

/** The least a reason may be, in characters. */
export const REASON_MIN = 2;

type Props = {
  open: boolean;
  title: string;
  /** What will happen, in a sentence or two. */
  children?: ReactNode;
  /** What must be typed as well, such as the customer's number, when there is no way back. */
  phrase?: string;
  confirm?: string;
  danger?: boolean;
  /** Resolves when done; a rejection is shown in the dialog, which stays open. */
  onConfirm: (reason: string) => Promise<unknown>;
  onClose: () => void;
};

export function ReasonDialog(props: Props) {
  const { open, title, children, phrase, confirm, danger, onConfirm, onClose } = props;
  const w = useWords(uiWords);
  const [form] = Form.useForm<{ reason: string; phrase?: string }>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);

  async function submit({ reason }: { reason: string }) {
    setBusy(true);
    setProblem(undefined);
    try {
      await onConfirm(reason.trim());
      onClose();
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  }

  const short = w("reason_short", { min: REASON_MIN });
  return (
    <Modal
      open={open}
      title={title}
      destroyOnHidden
      okText={confirm ?? w("confirm")}
      cancelText={w("cancel")}
      okButtonProps={{ danger, htmlType: "submit" }}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterClose={() => setProblem(undefined)}
    >
      {children}
      <Form form={form} layout="vertical" onFinish={submit} preserve={false}>
        <Form.Item
          name="reason"
          label={w("reason")}
          rules={[{ required: true, whitespace: true, min: REASON_MIN, message: short }]}
        >
          <Input.TextArea
            rows={3}
            maxLength={500}
            showCount
            placeholder={w("reason_hint", { min: REASON_MIN })}
          />
        </Form.Item>
        {phrase && (
          <Form.Item
            name="phrase"
            label={w("type_to_confirm", { phrase })}
            rules={[{ required: true, enum: [phrase], type: "enum", message: phrase }]}
          >
            <Input autoComplete="off" />
          </Form.Item>
        )}
      </Form>
      <ProblemNote problem={problem} />
    </Modal>
  );
}
