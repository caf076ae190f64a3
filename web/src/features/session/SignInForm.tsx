/** Number and password, on the sign-in page and in the dialog over a page 登录表单. */
import { Button, Form, Input, type FormInstance, type InputRef } from "antd";
import { useEffect, useRef } from "react";
import { api, take } from "@/api/client";
import type { Session } from "@/api/session";
import { useWords } from "@/lib/language";
import { ProblemNote } from "@/ui/ProblemNote";
import { useAct } from "@/ui/useAct";
import styles from "./Entrance.module.css";
import { sessionWords } from "./words";

export type Credentials = { number: string; password: string };

type Props = {
  form?: FormInstance<Credentials>;
  /** Who signed in the last time. */
  number?: string;
  onIn: (session: Session) => void;
};

export function SignInForm({ form, number, onIn }: Props) {
  const w = useWords(sessionWords);
  const first = useRef<InputRef>(null);
  // Nothing else is on the sign-in page; over a page the dialog knows which field it wants.
  useEffect(() => {
    if (!number) first.current?.focus();
  }, [number]);
  const signIn = useAct({
    run: ({ number, password }: Credentials, headers) =>
      take(api.POST("/session", { headers, body: { number: number.trim(), password } })),
    inline: true,
    onDone: onIn,
  });
  return (
    <Form<Credentials>
      form={form}
      layout="vertical"
      size="large"
      requiredMark={false}
      initialValues={{ number }}
      onFinish={signIn.mutate}
    >
      <Form.Item
        name="number"
        label={w("number")}
        rules={[{ required: true, whitespace: true, message: w("number_missing") }]}
      >
        <Input
          ref={first}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
      </Form.Item>
      <Form.Item
        name="password"
        label={w("password")}
        rules={[{ required: true, message: w("password_missing") }]}
      >
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <div className={styles.problem}>
        <ProblemNote problem={signIn.error} />
      </div>
      <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
        {w("enter")}
      </Button>
    </Form>
  );
}
