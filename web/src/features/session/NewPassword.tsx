/** Sets a new password: because it is the first time, or by one's own wish 修改密码页. */
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useNavigate } from "react-router";
import { api, take } from "@/api/client";
import { sessionQuery, useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { passwordFault, PASSWORD_MIN } from "@/lib/password";
import { usePageTitle } from "@/ui/pageTitle";
import { ProblemNote } from "@/ui/ProblemNote";
import { useAct } from "@/ui/useAct";
import { Entrance } from "./Entrance";
import styles from "./Entrance.module.css";
import { sessionWords } from "./words";

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
    // The server has ended every session of the login, this one too.
    onDone: () => {
      void message.success(w("saved"), 6);
      client.clear();
      client.setQueryData(sessionQuery.queryKey, null);
      void navigate("/login", { replace: true });
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
  const { number } = useSession().login;
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
        extra={w("next_hint", { min: PASSWORD_MIN })}
        dependencies={["current"]}
        rules={[
          ({ getFieldValue }) => ({
            validator: async (_, value = "") => {
              const fault = passwordFault(value, number);
              if (fault === "short") throw new Error(w("next_short", { min: PASSWORD_MIN }));
              if (fault) throw new Error(w(`next_${fault}`));
              if (value === getFieldValue("current")) throw new Error(w("next_same"));
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
