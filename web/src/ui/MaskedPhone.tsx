/** A masked number that is revealed for a stated reason, and only for a while 脱敏号码. */
import { EyeOutlined } from "@ant-design/icons";
import { Button, Form, Input, Radio } from "antd";
import { useEffect, useState } from "react";
import { useWords } from "@/lib/language";
import { isMasked, visibleTail } from "@/lib/masked";
import { inLanguage } from "@/lib/words";
import { FormDialog, REASON_MIN } from "./FormDialog";
import styles from "./MaskedPhone.module.css";
import { useSent } from "./ReasonDialog";
import { uiWords } from "./words";

/** What is chosen goes into the log for good: in Chinese, whatever language the screen is in. */
const COMMON = ["reason_follow_up", "reason_dunning", "reason_handover"] as const;
const inTheLog = (key: (typeof COMMON)[number]) => inLanguage(uiWords[key], "zh");

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
      {onReveal && asking && (
        <RevealDialog
          what={name}
          onClose={() => setAsking(false)}
          onConfirm={async (reason) => setFull(await onReveal(reason))}
        />
      )}
    </span>
  );
}

type DialogProps = {
  what: string;
  onConfirm: (reason: string) => Promise<void>;
  onClose: () => void;
};

function RevealDialog({ what, onConfirm, onClose }: DialogProps) {
  const w = useWords(uiWords);
  const [form] = Form.useForm<{ choice: string; other?: string }>();
  const choice = Form.useWatch("choice", form);
  const { submit, ...sent } = useSent(onConfirm, onClose);
  const options = [
    ...COMMON.map((key) => ({ value: inTheLog(key), label: w(key) })),
    { value: "other", label: w("reason_other") },
  ];
  const short = w("reason_short", { min: REASON_MIN });
  return (
    <FormDialog
      title={w("reveal_title", { what })}
      confirm={w("reveal")}
      form={form}
      {...sent}
      initial={{ choice: inTheLog("reason_follow_up") }}
      onSubmit={(given) =>
        void submit(given.choice === "other" ? (given.other ?? "").trim() : given.choice)
      }
      onClose={onClose}
    >
      <p className={styles.note}>{w("reveal_note")}</p>
      <Form.Item name="choice" label={w("reason")} rules={[{ required: true }]}>
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
    </FormDialog>
  );
}
