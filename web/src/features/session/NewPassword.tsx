/** Sets a new password: because it is the first time, or by one's own wish 修改密码页. */
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useNavigate } from "react-router";
import { api, take } from "@/api/client";
import { beginSession, useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { usePageTitle } from "@/ui/pageTitle";
import { ProblemNote } from "@/ui/ProblemNote";
import { useAct } from "@/ui/useAct";
import { Entrance } from "./Entrance";
import styles from "./Entrance.module.css";
import { sessionWords } from "./words";

/** The least the server takes, in characters. */
const MIN = 10;

type Passwords = { current: string; next: string; again: string };

export function Component() {
  const w = useWords(sessionWords);
  const { login } = useSession();
  usePageTitle(w("change"));
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<Passwords>();
  const change = useAct({
    run: ({ current, next }: Passwords, headers) =>
      take(api.POST("/session/password", { headers, body: { current, next } })),
    form,
    inline: true,
    onDone: async (session) => {
      beginSession(client, session);
      void message.success(w("saved"));
      await navigate("/", { replace: true });
    },
  });
  return (
    <Entrance title={w("change")}>
      {login.must_change_password && <p className={styles.lead}>{w("first_time")}</p>}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={change.mutate}>
        <input hidden readOnly autoComplete="username" value={login.number} />
        <PasswordFields />
        <div className={styles.problem}>
          <ProblemNote problem={change.error} />
        </div>
        <Button type="primary" size="large" htmlType="submit" block loading={change.isPending}>
          {w("save")}
        </Button>
      </Form>
    </Entrance>
  );
}

function PasswordFields() {
  const w = useWords(sessionWords);
  return (
    <>
      <Form.Item
        name="current"
        label={w("current")}
        rules={[{ required: true, message: w("password_missing") }]}
      >
        <Input.Password size="large" autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="next"
        label={w("next")}
        extra={w("next_hint", { min: MIN })}
        dependencies={["current"]}
        rules={[
          { required: true, min: MIN, message: w("next_short", { min: MIN }) },
          ({ getFieldValue }) => ({
            validator: async (_, value: string) => {
              if (value && value === getFieldValue("current")) throw new Error(w("next_same"));
            },
          }),
        ]}
      >
        <Input.Password size="large" autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={w("again")}
        dependencies={["next"]}
        rules={[
          ({ getFieldValue }) => ({
            validator: async (_, value: string) => {
              if (value !== getFieldValue("next")) throw new Error(w("again_differs"));
            },
          }),
        ]}
      >
        <Input.Password size="large" autoComplete="new-password" />
      </Form.Item>
    </>
  );
}
