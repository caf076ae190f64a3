/** The caller's own signature: consent, code, hand, or a refusal 我来签署. */
import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Form, Input } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useWords } from "@/lib/language";
import { Panel } from "@/ui/Panel";
import { ProblemNote } from "@/ui/ProblemNote";
import { ReasonDialog } from "@/ui/ReasonDialog";
import { useAct } from "@/ui/useAct";
import { accountQuery, refuse, sign, type Signing } from "./calls";
import { Consent } from "./Consent";
import { isDrawn, type Drawing } from "./drawing";
import { Pad } from "./Pad";
import styles from "./signing.module.css";
import { signingWords } from "./words";

type Seat = NonNullable<Signing["mine"]>;
type Props = { of: Signing; mine: Seat };

export function Mine({ of, mine }: Props) {
  const w = useWords(signingWords);
  return (
    <Panel title={w("mine")} extra={mine.turn && <Refuse of={of} />}>
      {mine.turn ? <Turn of={of} mine={mine} /> : <p>{w("not_my_turn")}</p>}
      <p className={styles.fine}>{w("paper_note")}</p>
    </Panel>
  );
}

function Turn({ of, mine }: Props) {
  const w = useWords(signingWords);
  const missing = !mine.factor
    ? "need_factor"
    : mine.level === "L2" && mine.key !== "ready"
      ? mine.key === "none"
        ? "need_key"
        : "need_vouch"
      : undefined;
  if (missing) {
    return (
      <p>
        {w(missing)} <Link to={`/signature?back=/signings/${of.id}`}>{w("go_setup")}</Link>
      </p>
    );
  }
  if (mine.level !== "L0" && !mine.consented) return <Agreement />;
  return <SignForm of={of} mine={mine} />;
}

function Agreement() {
  const query = useQuery(accountQuery);
  return query.data ? <Consent of={query.data} /> : null;
}

type Values = { code: string; secret?: string; drawn?: Drawing; read: boolean };

function SignForm({ of, mine }: Props) {
  const w = useWords(signingWords);
  const [form] = Form.useForm<Values>();
  const act = useAct({
    run: ({ code, secret, drawn }: Values, headers) =>
      sign(of.id, headers, {
        digest: of.digest,
        code,
        drawn: drawn ? { strokes: drawn.strokes, typed: drawn.typed ?? "" } : null,
        secret: secret ?? null,
      }),
    done: w("signed"),
    refresh: [["signings"], ["documents"]],
    form,
    inline: true,
  });
  const receipt = mine.level === "L0";
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      className={styles.form}
      onFinish={(values) => act.mutate(values)}
    >
      {!receipt && (
        <Form.Item
          name="drawn"
          label={w("draw")}
          rules={[
            {
              validator: async (_, drawn?: Drawing) => {
                if (!isDrawn(drawn)) throw new Error(w("draw_hint"));
              },
            },
          ]}
        >
          <Pad />
        </Form.Item>
      )}
      {mine.level === "L2" && (
        <Form.Item
          name="secret"
          label={w("secret")}
          extra={w("secret_hint")}
          rules={[{ required: true, message: w("secret_missing") }]}
        >
          <Input.Password autoComplete="off" maxLength={200} />
        </Form.Item>
      )}
      <CodeField />
      <Form.Item
        name="read"
        valuePropName="checked"
        rules={[
          {
            validator: async (_, read?: boolean) => {
              if (!read) throw new Error(w("read_it_missing"));
            },
          },
        ]}
      >
        <Checkbox>{w("read_it")}</Checkbox>
      </Form.Item>
      <ProblemNote problem={act.error} />
      <Button type="primary" htmlType="submit" loading={act.isPending}>
        {w(receipt ? "sign_receipt" : "sign")}
      </Button>
    </Form>
  );
}

export function CodeField() {
  const w = useWords(signingWords);
  return (
    <Form.Item
      name="code"
      label={w("code")}
      extra={w("code_hint")}
      rules={[{ required: true, pattern: /^\s*\d{3}\s*\d{3}\s*$/, message: w("code_missing") }]}
    >
      <Input inputMode="numeric" autoComplete="one-time-code" maxLength={8} />
    </Form.Item>
  );
}

function Refuse({ of }: { of: Signing }) {
  const w = useWords(signingWords);
  const [open, setOpen] = useState(false);
  const act = useAct({
    run: (reason: string, headers) => refuse(of.id, headers, reason),
    done: w("refused"),
    refresh: [["signings"], ["documents"]],
    inline: true,
  });
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {w("refuse")}
      </Button>
      <ReasonDialog
        open={open}
        danger
        title={w("refuse_title")}
        confirm={w("refuse")}
        onConfirm={(reason) => act.mutateAsync(reason)}
        onClose={() => setOpen(false)}
      >
        <p>{w("refuse_means")}</p>
      </ReasonDialog>
    </>
  );
}
