/** A masked number that is revealed for a stated reason, and only for a while 脱敏号码. */
import { EyeOutlined } from "@ant-design/icons";
import { Button, Form, Input, Modal, Radio } from "antd";
import { useEffect, useState } from "react";
import { useWords } from "@/lib/language";
import { isMasked, visibleTail } from "@/lib/masked";
import { asProblem, type Problem } from "@/lib/problem";
import styles from "./MaskedPhone.module.css";
import { ProblemNote } from "./ProblemNote";
import { REASON_MIN } from "./ReasonDialog";
import { uiWords } from "./words";

/** How long a revealed number stays on screen, in seconds. */
const SHOWN_FOR = 30;

type Props = {
  masked: string;
  /** What the value is, when it is no phone number. */
  what?: string;
  /** Asks the server for the whole value; absent where the person may not reveal it. */
  onReveal?: (reason: string) => Promise<string>;
};

export function MaskedPhone({ masked, what, onReveal }: Props) {
  const w = useWords(uiWords);
  const [asking, setAsking] = useState(false);
  const [full, setFull] = useState<string>();
  const name = what ?? w("phone");

  useEffect(() => {
    if (!full) return;
    const timer = setTimeout(() => setFull(undefined), SHOWN_FOR * 1000);
    return () => clearTimeout(timer);
  }, [full]);

  if (full) {
    return (
      <span className={styles.value} role="status">
        <strong>{full}</strong>
        <span className={styles.aside}>{w("reveal_hides", { seconds: SHOWN_FOR })}</span>
      </span>
    );
  }
  return (
    <span className={styles.value}>
      <span>{masked}</span>
      {onReveal && isMasked(masked) && (
        <Button
          type="link"
          size="small"
          icon={<EyeOutlined />}
          aria-label={w("reveal_label", { what: name, tail: visibleTail(masked) })}
          onClick={() => setAsking(true)}
        >
          {w("reveal")}
        </Button>
      )}
      {onReveal && (
        <RevealDialog
          open={asking}
          what={name}
          onClose={() => setAsking(false)}
          onConfirm={async (reason) => setFull(await onReveal(reason))}
        />
      )}
    </span>
  );
}

type DialogProps = {
  open: boolean;
  what: string;
  onConfirm: (reason: string) => Promise<void>;
  onClose: () => void;
};

function RevealDialog({ open, what, onConfirm, onClose }: DialogProps) {
  const w = useWords(uiWords);
  const [form] = Form.useForm<{ choice: string; other?: string }>();
  const choice = Form.useWatch("choice", form);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const common = [w("reason_follow_up"), w("reason_dunning"), w("reason_handover")];

  async function submit(given: { choice: string; other?: string }) {
    setBusy(true);
    setProblem(undefined);
    try {
      await onConfirm(given.choice === "other" ? (given.other ?? "").trim() : given.choice);
      onClose();
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  }

  const options = [...common, "other"].map((value) => ({
    value,
    label: value === "other" ? w("reason_other") : value,
  }));
  const short = w("reason_short", { min: REASON_MIN });
  return (
    <Modal
      open={open}
      width={440}
      title={w("reveal_title", { what })}
      destroyOnHidden
      okText={w("reveal")}
      cancelText={w("cancel")}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterClose={() => setProblem(undefined)}
    >
      <p className={styles.note}>{w("reveal_note")}</p>
      <Form form={form} layout="vertical" preserve={false} onFinish={submit}>
        <Form.Item
          name="choice"
          label={w("reason")}
          initialValue={common[0]}
          rules={[{ required: true }]}
        >
          <Radio.Group className={styles.choices} options={options} />
        </Form.Item>
        {choice === "other" && (
          <Form.Item
            name="other"
            label={w("reason_other")}
            rules={[{ required: true, whitespace: true, min: REASON_MIN, message: short }]}
          >
            <Input.TextArea rows={2} maxLength={200} />
          </Form.Item>
        )}
      </Form>
      <ProblemNote problem={problem} />
    </Modal>
  );
}
