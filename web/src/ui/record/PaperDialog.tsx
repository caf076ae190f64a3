/** A document that somebody fills in before it is issued: form, preview, issue 填写文书. */
import { App, Button, Form, Input, Modal, Progress, type FormInstance } from "antd";
import { useState, type ReactNode } from "react";
import { useLanguage, useWords } from "@/lib/language";
import { openFile } from "@/lib/open";
import { asProblem, explain, type Problem } from "@/lib/problem";
import { sentOf, shownOf, type Typed, type TypedField } from "@/lib/typedFields";
import { words } from "@/lib/words";
import { ProblemNote } from "../ProblemNote";
import { markFields, unmark } from "../useAct";
import { useFocusBack } from "../useFocusBack";
import { useUnsaved } from "../unsaved";
import { TypedFields } from "./TypedFields";

const paperWords = words({
  preview: ["预览", "Preview"],
  issue: ["出具", "Issue"],
  cancel: ["取消", "Cancel"],
  because: ["补发或更正的原因", "Why it is issued again"],
  because_short: ["请说明原因，至少 2 个字", "Say why, in 2 characters at least"],
  filled: [
    "已填入上次的内容，请逐项核对。",
    "Filled in with what was typed the last time; please check it.",
  ],
  check: ["出具后不能改动；请先预览核对。", "It never changes once issued: look at the preview first."],
});

/** What was asked for: the typed fields and, for another copy, why. */
export type Filled = { typed: Typed; because: string };

type Props = {
  title: string;
  form: readonly TypedField[];
  filled: Typed;
  /** Whether it was issued before, so that a reason is needed. */
  again: boolean;
  /** How much of a run is done, from 0 to 1. */
  progress?: number | undefined;
  /** Shown above the fields. */
  children?: ReactNode;
  preview: (filled: Filled) => Promise<Blob>;
  issue: (filled: Filled) => Promise<unknown>;
  onClose: () => void;
};

type Values = { typed?: Typed; because?: string };

/** Leads to the first field that was filled in wrongly. */
function scrollToFirst(form: FormInstance, thrown: unknown) {
  const first = (thrown as { errorFields?: { name: (string | number)[] }[] }).errorFields?.[0];
  if (first) form.scrollToField(first.name, { block: "center", focus: true });
}

/** Does one step with what was filled in, and closes once it is issued. */
function useRun(form: FormInstance<Values>, fields: readonly TypedField[], close: () => void) {
  const language = useLanguage();
  const { message } = App.useApp();
  const [busy, setBusy] = useState<Step>();
  const [problem, setProblem] = useState<Problem>();

  /** Checks the form, then does it; what the server refuses is marked where it stands. */
  async function run(what: Step, act: (filled: Filled) => Promise<unknown>) {
    setProblem(undefined);
    unmark(form, true);
    let values: Values;
    try {
      values = await form.validateFields();
    } catch (thrown) {
      scrollToFirst(form, thrown);
      return;
    }
    setBusy(what);
    try {
      const typed = sentOf(fields, values.typed ?? {});
      await act({ typed, because: values.because?.trim() ?? "" });
      if (what === "issue") close();
    } catch (thrown) {
      const refused = asProblem(thrown);
      markFields(form, refused);
      setProblem(refused);
      void message.error(explain(refused, language).title, 6);
    } finally {
      setBusy(undefined);
    }
  }
  return { busy, problem, run };
}

export function PaperDialog({ title, form: fields, filled, again, ...props }: Props) {
  const w = useWords(paperWords);
  useFocusBack();
  const [form] = Form.useForm<Values>();
  const { busy, problem, run } = useRun(form, fields, props.onClose);
  const last = shownOf(fields, filled);
  const leave = useUnsaved(() => form.isFieldsTouched());

  return (
    <Modal
      open
      title={title}
      width={760}
      onCancel={() => leave(props.onClose)}
      mask={{ closable: false }}
      footer={
        <Steps
          busy={busy}
          onClose={props.onClose}
          onPreview={() =>
            void run("preview", async (said) => openFile(await props.preview(said)))
          }
          onIssue={() => void run("issue", props.issue)}
        />
      }
    >
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ typed: last }}
        onValuesChange={() => unmark(form)}
      >
        <p>{w(Object.keys(last).length > 0 ? "filled" : "check")}</p>
        {props.children}
        <TypedFields of={fields} />
        {again && (
          <Form.Item
            name="because"
            label={w("because")}
            rules={[{ required: true, whitespace: true, min: 2, message: w("because_short") }]}
          >
            <Input.TextArea rows={2} maxLength={200} showCount />
          </Form.Item>
        )}
      </Form>
      {props.progress !== undefined && <Progress percent={Math.round(props.progress * 100)} />}
      <ProblemNote problem={problem} />
    </Modal>
  );
}

type Step = "preview" | "issue";

type StepsProps = {
  busy: Step | undefined;
  onClose: () => void;
  onPreview: () => void;
  onIssue: () => void;
};

function Steps({ busy, onClose, onPreview, onIssue }: StepsProps) {
  const w = useWords(paperWords);
  return (
    <>
      <Button onClick={onClose}>{w("cancel")}</Button>
      <Button loading={busy === "preview"} disabled={busy === "issue"} onClick={onPreview}>
        {w("preview")}
      </Button>
      <Button
        type="primary"
        loading={busy === "issue"}
        disabled={busy === "preview"}
        onClick={onIssue}
      >
        {w("issue")}
      </Button>
    </>
  );
}
