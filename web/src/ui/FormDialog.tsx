/** A form in a dialog, and the fields many of them share 表单对话框. */
import { Button, Form, Input, Modal, type FormInstance } from "antd";
import { useId, type KeyboardEvent, type ReactNode } from "react";
import { useWords } from "@/lib/language";
import type { Problem } from "@/lib/problem";
import { ProblemNote } from "./ProblemNote";
import { unmark } from "./useAct";
import { useUnsaved } from "./unsaved";
import { uiWords } from "./words";
import { useFocusBack } from "./useFocusBack";

/** The least a reason may be, in characters. */
export const REASON_MIN = 2;

type DialogProps<Values> = {
  title: string;
  /** What the button says; “save” unless told. */
  confirm?: string | undefined;
  danger?: boolean | undefined;
  form: FormInstance<Values>;
  busy: boolean;
  problem: Problem | null | undefined;
  initial?: Partial<Values>;
  /** What is filled in cannot be sent yet. */
  unready?: boolean;
  /** Whether anything would be lost, where that is not what was touched. */
  holds?: () => boolean;
  onSubmit: (values: Values) => void;
  onClose: () => void;
  children?: ReactNode;
};

/** Enter in an open list takes what is chosen there, and sends nothing. */
function take(event: KeyboardEvent<HTMLElement>): void {
  const { key, target } = event;
  const listed = target instanceof HTMLElement && target.ariaExpanded === "true";
  if (key === "Enter" && listed) event.preventDefault();
}

/**
 * A form in a dialog that stays open, with the reason, when it is refused. Esc, the cross and a
 * click beside it ask before what was typed is dropped; the button that says so drops it.
 */
export function FormDialog<Values extends object>(props: DialogProps<Values>) {
  const { title, confirm, danger, form, busy, problem, initial, onSubmit, onClose } = props;
  useFocusBack();
  const w = useWords(uiWords);
  const id = useId();
  const leave = useUnsaved(props.holds ?? (() => form.isFieldsTouched()));
  return (
    <Modal
      open
      title={title}
      okText={confirm ?? w("save")}
      // The button of the form, so that Enter in a field presses it.
      okButtonProps={{
        htmlType: "submit",
        form: id,
        danger: danger ?? false,
        disabled: props.unready ?? false,
      }}
      confirmLoading={busy}
      footer={(_, { OkBtn }) => (
        <>
          <Button onClick={onClose}>{w("cancel")}</Button>
          <OkBtn />
        </>
      )}
      onCancel={() => leave(onClose)}
    >
      <Form<Values>
        id={id}
        form={form}
        layout="vertical"
        initialValues={initial}
        onKeyDown={take}
        onValuesChange={() => unmark(form)}
        onFinish={onSubmit}
      >
        {props.children}
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
