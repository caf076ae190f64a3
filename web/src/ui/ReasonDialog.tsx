/** Asks for a reason before something serious is done 填写原因确认. */
import { Form, Input } from "antd";
import { useState, type ReactNode } from "react";
import { useWords } from "@/lib/language";
import { asProblem, type Problem } from "@/lib/problem";
import { FormDialog, REASON_MIN } from "./FormDialog";
import { uiWords } from "./words";

type Props = {
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

export function ReasonDialog({ open, ...props }: Props & { open: boolean }) {
  return open && <Asking {...props} />;
}

function Asking({ title, children, phrase, confirm, danger, onConfirm, onClose }: Props) {
  const w = useWords(uiWords);
  const [form] = Form.useForm<{ reason: string; phrase?: string }>();
  const { submit, ...sent } = useSent(onConfirm, onClose);
  const short = w("reason_short", { min: REASON_MIN });
  return (
    <FormDialog
      title={title}
      confirm={confirm ?? w("confirm")}
      danger={danger}
      form={form}
      {...sent}
      onSubmit={({ reason }) => void submit(reason.trim())}
      onClose={onClose}
    >
      {children}
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
    </FormDialog>
  );
}

/** Sends once; closes when it was done, and keeps why when it was refused. */
export function useSent(send: (reason: string) => Promise<unknown>, close: () => void) {
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  async function submit(reason: string) {
    setBusy(true);
    setProblem(undefined);
    try {
      await send(reason);
      close();
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  }
  return { problem, busy, submit };
}
