/** What a person has to sign with: codes, consent, a key 我的签名页. */
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input, QRCode, Select } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useSession } from "@/api/session";
import { formatMoment } from "@/lib/day";
import { useWords } from "@/lib/language";
import { words } from "@/lib/words";
import { Facts } from "@/ui/Facts";
import { FormDialog } from "@/ui/FormDialog";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemNote } from "@/ui/ProblemNote";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import {
  accountQuery,
  beginFactor,
  confirmFactor,
  makeKey,
  retireKey,
  type Account,
} from "./calls";
import { Consent } from "./Consent";
import { CodeField } from "./Mine";
import styles from "./signing.module.css";
import { signingWords } from "./words";

const mineWords = words({
  title: ["我的签名", "My signature"],
  note: [
    "电子签署前的准备：动态口令、同意书，以及可靠电子签名用的签名密钥。",
    "What you need to sign: one-time codes, consent, and a key for reliable signatures.",
  ],
  nobody: [
    "这个账号不属于任何员工，不签署文书；请使用员工本人的账号。",
    "This login belongs to no employee and signs nothing; use an employee's own.",
  ],
  back: ["返回待签文书", "Back to the document"],
  factor: ["动态口令", "One-time codes"],
  factor_why: [
    "用手机上的身份验证器扫描二维码，以后每次签署输入它显示的 6 位数字。",
    "Scan the code with an authenticator on your phone; each signature asks for its six digits.",
  ],
  factor_on: ["已启用", "In use"],
  factor_begin: ["启用动态口令", "Set up"],
  factor_once: [
    "二维码只显示这一次；请扫描后输入验证器显示的数字完成启用。",
    "This is shown once; scan it and enter the digits to finish.",
  ],
  factor_seed: ["无法扫码时手工输入", "To type where scanning fails"],
  factor_confirm: ["确认启用", "Confirm"],
  factor_done: ["动态口令已启用", "One-time codes are in use"],
  factor_lost: [
    "更换或遗失手机时，请安全管理员停用后重新启用。",
    "With a new or lost phone, ask the security administrator to switch them off first.",
  ],
  qr: ["动态口令二维码", "QR code for the authenticator"],
  key: ["签名密钥", "Signing key"],
  key_why: [
    "可靠电子签名写入文件本身。密钥以您自设的口令封存，系统不保存口令，管理员无法使用或找回。",
    "A reliable signature goes into the file. Its key is sealed under your secret, kept nowhere.",
  ],
  key_wants_factor: ["请先启用动态口令。", "Set up one-time codes first."],
  key_wants_authority: [
    "公司尚未建立签署证书，请联系系统管理员。",
    "The company has no certificate authority yet; please tell the system administrator.",
  ],
  key_make: ["生成签名密钥", "Make my key"],
  key_made: ["签名密钥已生成", "Your key was made"],
  key_secret: ["设定签名口令（至少 10 个字符）", "Choose a secret (10 characters or more)"],
  key_again: ["再输一次", "Once more"],
  key_short: ["至少 10 个字符", "At least 10 characters"],
  key_differs: ["两次输入不一致", "The two differ"],
  key_unvouched: [
    "密钥须由人事当面核实后才能签署：请出示此页的证书指纹。",
    "HR must meet you before the key signs: show them the fingerprint on this page.",
  ],
  key_print: ["证书指纹 SHA-256", "Fingerprint of the certificate"],
  key_since: ["生成时间", "Made"],
  key_until: ["有效期至", "Valid until"],
  key_retire: ["停用密钥", "Give the key up"],
  key_retired: ["签名密钥已停用", "The key was given up"],
  key_why_retire: ["停用原因", "Why"],
  forgotten: ["忘记签名口令", "I forgot the secret"],
  leaked: ["口令可能泄露", "The secret may have leaked"],
});

export function Component() {
  const w = useWords(mineWords);
  const { login } = useSession();
  const [search] = useSearchParams();
  const back = search.get("back");
  return (
    <>
      <PageHeader
        title={w("title")}
        note={w("note")}
        actions={back?.startsWith("/signings/") && <Link to={back}>{w("back")}</Link>}
      />
      {login.employee_id ? <Own /> : <p className={styles.fine}>{w("nobody")}</p>}
    </>
  );
}

function Own() {
  const query = useQuery(accountQuery);
  return <Loaded query={query}>{(account) => <Parts of={account} />}</Loaded>;
}

function Parts({ of }: { of: Account }) {
  const w = useWords(mineWords);
  const c = useWords(signingWords);
  return (
    <>
      <Panel title={w("factor")}>
        <Factor of={of} />
      </Panel>
      <Panel title={c("consent")}>
        <Consent of={of} />
      </Panel>
      <Panel title={w("key")}>
        <Key of={of} />
      </Panel>
    </>
  );
}

function Factor({ of }: { of: Account }) {
  const w = useWords(mineWords);
  const act = useAct({ run: (_: unknown, headers) => beginFactor(headers), inline: true });
  if (of.factor === "active") {
    return (
      <>
        <p>
          <StatusTag tone="good">
            {w("factor_on")}
            {of.factor_since && ` · ${formatMoment(of.factor_since)}`}
          </StatusTag>
        </p>
        <p className={styles.fine}>{w("factor_lost")}</p>
      </>
    );
  }
  if (act.data) return <Enrol address={act.data.address} seed={act.data.seed} />;
  return (
    <>
      <p>{w("factor_why")}</p>
      <ProblemNote problem={act.error} />
      <Button type="primary" loading={act.isPending} onClick={() => act.mutate({})}>
        {w("factor_begin")}
      </Button>
    </>
  );
}

function Enrol({ address, seed }: { address: string; seed: string }) {
  const w = useWords(mineWords);
  const [form] = Form.useForm<{ code: string }>();
  const act = useAct({
    run: ({ code }: { code: string }, headers) => confirmFactor(headers, code),
    done: w("factor_done"),
    refresh: [["signing-account"], ["signings"]],
    form,
    inline: true,
  });
  return (
    <>
      <p>{w("factor_once")}</p>
      <QRCode value={address} size={200} type="svg" aria-label={w("qr")} />
      <p className={styles.fine}>{w("factor_seed")}</p>
      <p className={styles.seed}>{seed}</p>
      <Form form={form} layout="vertical" className={styles.form} onFinish={act.mutate}>
        <CodeField />
        <ProblemNote problem={act.error} />
        <Button type="primary" htmlType="submit" loading={act.isPending}>
          {w("factor_confirm")}
        </Button>
      </Form>
    </>
  );
}

function Key({ of }: { of: Account }) {
  const w = useWords(mineWords);
  const [retiring, setRetiring] = useState(false);
  if (of.key) {
    return (
      <>
        <Facts
          of={[
            {
              label: w("key_print"),
              value: <span className={styles.digest}>{of.key.fingerprint}</span>,
              wide: true,
            },
            { label: w("key_since"), value: formatMoment(of.key.made_at) },
            { label: w("key_until"), value: formatMoment(of.key.valid_until) },
          ]}
        />
        {!of.key.vouched && <Alert type="warning" showIcon title={w("key_unvouched")} />}
        <Button danger onClick={() => setRetiring(true)}>
          {w("key_retire")}
        </Button>
        {retiring && <RetireKey onClose={() => setRetiring(false)} />}
      </>
    );
  }
  const missing = !of.authority
    ? "key_wants_authority"
    : of.factor !== "active"
      ? "key_wants_factor"
      : undefined;
  return (
    <>
      <p>{w("key_why")}</p>
      {missing ? <Alert type="info" showIcon title={w(missing)} /> : <MakeKey />}
    </>
  );
}

type NewKey = { secret: string; again: string; code: string };

function MakeKey() {
  const w = useWords(mineWords);
  const [form] = Form.useForm<NewKey>();
  const act = useAct({
    run: ({ secret, code }: NewKey, headers) => makeKey(headers, { secret, code }),
    done: w("key_made"),
    refresh: [["signing-account"], ["signings"]],
    form,
    inline: true,
  });
  return (
    <Form<NewKey>
      form={form}
      layout="vertical"
      className={styles.form}
      onFinish={(values) => act.mutate(values)}
    >
      <Form.Item
        name="secret"
        label={w("key_secret")}
        rules={[{ required: true, min: 10, message: w("key_short") }]}
      >
        <Input.Password autoComplete="off" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="again"
        label={w("key_again")}
        dependencies={["secret"]}
        rules={[
          ({ getFieldValue }) => ({
            validator: async (_, again = "") => {
              if (again !== getFieldValue("secret")) throw new Error(w("key_differs"));
            },
          }),
        ]}
      >
        <Input.Password autoComplete="off" maxLength={200} />
      </Form.Item>
      <CodeField />
      <ProblemNote problem={act.error} />
      <Button type="primary" htmlType="submit" loading={act.isPending}>
        {w("key_make")}
      </Button>
    </Form>
  );
}

function RetireKey({ onClose }: { onClose: () => void }) {
  const w = useWords(mineWords);
  const [form] = Form.useForm<{ why: string }>();
  const act = useAct({
    run: ({ why }: { why: string }, headers) => retireKey(headers, why),
    done: w("key_retired"),
    refresh: [["signing-account"], ["signings"]],
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog<{ why: string }>
      title={w("key_retire")}
      confirm={w("key_retire")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ why: "forgotten" }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <Form.Item name="why" label={w("key_why_retire")} rules={[{ required: true }]}>
        <Select
          options={[
            { value: "forgotten", label: w("forgotten") },
            { value: "leaked", label: w("leaked") },
          ]}
        />
      </Form.Item>
    </FormDialog>
  );
}
