/** A form in a dialog, and the fields many of them share 表单对话框. */
import { Form, Input, Modal, type FormInstance } from "antd";
import type { ReactNode } from "react";
import { useWords } from "@/lib/language";
import type { Problem } from "@/lib/problem";
import { ProblemNote } from "./ProblemNote";
import { REASON_MIN } from "./ReasonDialog";
import { uiWords } from "./words";
import { useFocusBack } from "./useFocusBack";

type DialogProps<Values> = {
  title: string;
  /** What the button says; “save” unless told. */
  confirm?: string;
  form: FormInstance<Values>;
  busy: boolean;
  problem: Problem | null;
  initial?: Partial<Values>;
  onSubmit: (values: Values) => void;
  onClose: () => void;
  children?: ReactNode;
};

/** A form in a dialog that stays open, with the reason, when it is refused. */
export function FormDialog<Values extends object>(props: DialogProps<Values>) {
  const { title, confirm, form, busy, problem, initial, onSubmit, onClose, children } = props;
  useFocusBack();
  const w = useWords(uiWords);
  return (
    <Modal
      open
      title={title}
      okText={confirm ?? w("save")}
      cancelText={w("cancel")}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<Values> form={form} layout="vertical" initialValues={initial} onFinish={onSubmit}>
        {children}
      </Form>
      <ProblemNote problem={problem} />
    </Modal>
  );
}

export function ReasonField() {
  const w = useWords(uiWords);
  const short = w("reason_short", { min: REASON_MIN });
  return (
    <Form.Item
      name="reason"
      label={w("reason")}
      rules={[{ required: true, whitespace: true, min: REASON_MIN, message: short }]}
    >
      <Input.TextArea rows={2} maxLength={200} showCount />
    </Form.Item>
  );
}
