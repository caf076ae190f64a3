/** The sign-in page: employee number and password 登录页. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert } from "antd";
import { Link, Navigate, useSearchParams } from "react-router";
import { beginSession, sessionQuery } from "@/api/session";
import { forgetFiled, keptFiled } from "@/lib/farewell";
import { useWords } from "@/lib/language";
import { safeReturnPath } from "@/lib/returnPath";
import { usePageTitle } from "@/ui/pageTitle";
import { Entrance } from "./Entrance";
import styles from "./Entrance.module.css";
import { SignInForm } from "./SignInForm";
import { sessionWords } from "./words";

export function Component() {
  const w = useWords(sessionWords);
  usePageTitle(w("title"));
  const client = useQueryClient();
  const [search] = useSearchParams();
  const { data: session } = useQuery(sessionQuery);
  const filed = keptFiled();

  if (session) return <Navigate to={safeReturnPath(search.get("return"))} replace />;
  return (
    <Entrance title={w("title")}>
      {filed && (
        <Alert
          className={styles.filed}
          type="success"
          showIcon
          title={w("filed", { number: filed })}
          description={w("filed_why")}
        />
      )}
      <SignInForm
        onIn={(began) => {
          forgetFiled();
          beginSession(client, began);
        }}
      />
      <p className={styles.help}>{w("forgotten")}</p>
      <p className={styles.help}>
        <Link to="/verify">{w("verify")}</Link>
      </p>
    </Entrance>
  );
}
