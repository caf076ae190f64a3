/** The sign-in page: employee number and password 登录页. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { Link, Navigate, useSearchParams } from "react-router";
import { api, take } from "@/api/client";
import { beginSession, sessionQuery, useEndedReason } from "@/api/session";
import { useWords } from "@/lib/language";
import { safeReturnPath } from "@/lib/returnPath";
import { usePageTitle } from "@/ui/pageTitle";
import { ProblemNote } from "@/ui/ProblemNote";
import { useAct } from "@/ui/useAct";
import { Entrance } from "./Entrance";
import styles from "./Entrance.module.css";
import { sessionWords } from "./words";

type Credentials = { number: string; password: string };

export function Component() {
  const w = useWords(sessionWords);
  usePageTitle(w("title"));
  const client = useQueryClient();
  const [search] = useSearchParams();
  const { data: session } = useQuery(sessionQuery);
  const reason = useEndedReason();
  const signIn = useAct({
    run: ({ number, password }: Credentials, headers) =>
      take(api.POST("/session", { headers, body: { number: number.trim(), password } })),
    inline: true,
    onDone: (began) => beginSession(client, began),
  });

  if (session) return <Navigate to={safeReturnPath(search.get("return"))} replace />;
  return (
    <Entrance title={w("title")}>
      {reason !== undefined && !signIn.error && (
        <Alert
          className={styles.alert}
          type="warning"
          showIcon
          title={reason || w("ended")}
          description={w("ended_why")}
        />
      )}
      <Form<Credentials>
        layout="vertical"
        size="large"
        requiredMark={false}
        onFinish={signIn.mutate}
      >
        <Form.Item
          name="number"
          label={w("number")}
          rules={[{ required: true, whitespace: true, message: w("number_missing") }]}
        >
          <Input autoComplete="username" autoCapitalize="none" spellCheck={false} />
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
      <p className={styles.help}>{w("forgotten")}</p>
      <p className={styles.help}>
        <Link to="/verify">{w("verify")}</Link>
      </p>
    </Entrance>
  );
}
