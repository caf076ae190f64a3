/** A first password, made here and shown once 一次性密码. */
import { Alert, App, Button, Form, Input, Modal, Typography } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { api, take, type Schema } from "@/api/client";
import { useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { firstPassword, passwordFault } from "@/lib/password";
import { FormDialog } from "@/ui/FormDialog";
import { Loaded } from "@/ui/Loaded";
import { useAct } from "@/ui/useAct";
import { useFocusBack } from "@/ui/useFocusBack";
import { matrixQuery } from "./matrix";
import { RolesField } from "./RoleDialog";
import styles from "./system.module.css";
import { systemWords } from "./words";

/** `warning` says why the login is of little use yet. */
type Given = {
  who: string;
  password: string;
  warning?: "reset_closed" | "reset_suspended" | "no_employee";
};

/** One password for one submission, also when it is sent again after a lost answer. */
function usePassword() {
  const made = useRef("");
  return (number: string) => {
    if (!made.current || passwordFault(made.current, number)) made.current = firstPassword(number);
    return made.current;
  };
}

function ShownOnce({ of, onClose }: { of: Given; onClose: () => void }) {
  useFocusBack();
  const w = useWords(systemWords);
  return (
    <Modal
      open
      title={w("first_password_of", { name: of.who })}
      // Shown this once: only its own button lets it go.
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {w("first_password_noted")}
        </Button>
      }
    >
      <p className={styles.secret}>
        <Typography.Text strong copyable={{ tooltips: false }}>
          {of.password}
        </Typography.Text>
      </p>
      {of.warning && <Alert type="warning" showIcon title={w(of.warning)} />}
      <p className={styles.note}>{w("first_password_means")}</p>
    </Modal>
  );
}

type Draft = { number: string; name?: string; roles?: string[] };

/** Opens a login, and tells its first password. */
export function AddLogin({ onClose }: { onClose: () => void }) {
  const w = useWords(systemWords);
  const [form] = Form.useForm<Draft>();
  const [given, setGiven] = useState<Given>();
  const matrix = useQuery(matrixQuery);
  const password = usePassword();
  const act = useAct({
    run: async ({ number, name = "", roles = [] }: Draft, headers) => {
      const first: Given = { who: number.trim(), password: password(number.trim()) };
      const body = { number: number.trim(), name, roles, password: first.password };
      const opened = await take(api.POST("/logins", { headers, body }));
      return opened.no_employee ? { ...first, warning: "no_employee" as const } : first;
    },
    done: w("login_added"),
    refresh: [["logins"]],
    form,
    inline: true,
    onDone: setGiven,
  });
  if (given) return <ShownOnce of={given} onClose={onClose} />;
  return (
    <FormDialog
      title={w("add_login")}
      confirm={w("add_login")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <Form.Item
        name="number"
        label={w("number")}
        extra={w("add_login_number")}
        rules={[{ required: true, whitespace: true, message: w("required") }]}
      >
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name="name" label={w("name")} extra={w("add_login_name")}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <p className={styles.note}>{w("apart")}</p>
      <Loaded query={matrix}>{({ roles }) => <RolesField of={roles} required />}</Loaded>
    </FormDialog>
  );
}

/** What keeps a login shut whatever its password, if anything does. */
function shut({ active, mode }: Schema<"LoginItem">): Given["warning"] {
  if (mode === "suspended") return "reset_suspended";
  return active ? undefined : "reset_closed";
}

/** Resets somebody's password, after a word of warning, and tells the first one. */
export function ResetButton({ of }: { of: Schema<"LoginItem"> }) {
  const w = useWords(systemWords);
  const { modal } = App.useApp();
  const { login } = useSession();
  const [given, setGiven] = useState<Given>();
  const password = usePassword();
  const act = useAct({
    run: async (id: string, headers) => {
      const who = `${of.name} ${of.number}`;
      const first: Given = { who, password: password(of.number), warning: shut(of) };
      const body = { password: first.password };
      await take(api.POST("/logins/{id}/password", { params: { path: { id } }, headers, body }));
      return first;
    },
    refresh: [["logins"]],
    onDone: setGiven,
  });
  if (login.id === of.id) return null;
  const closed = shut(of);
  const ask = () =>
    modal.confirm({
      title: w("reset_of", { name: of.name }),
      content: (
        <>
          {closed && <p>{w(closed)}</p>}
          <p>{w("reset_means")}</p>
        </>
      ),
      okText: w("reset"),
      cancelText: w("cancel"),
      onOk: () => act.mutateAsync(of.id).catch(() => undefined),
    });
  return (
    <>
      <Button type="link" size="small" onClick={() => void ask()}>
        {w("reset")}
      </Button>
      {given && <ShownOnce of={given} onClose={() => setGiven(undefined)} />}
    </>
  );
}
