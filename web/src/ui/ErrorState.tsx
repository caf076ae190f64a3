/** It could not be shown: what is wrong, what would help 出错状态. */
import { ExclamationCircleOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Link } from "react-router";
import { useLanguage, useWords } from "@/lib/language";
import { asProblem, explain } from "@/lib/problem";
import styles from "./state.module.css";
import { uiWords } from "./words";

type Props = {
  problem: unknown;
  /** Nothing else stands on the page. */
  whole?: boolean;
  onRetry?: () => void;
};

export function ErrorState({ problem, whole = false, onRetry }: Props) {
  const w = useWords(uiWords);
  const language = useLanguage();
  const told = asProblem(problem);
  const { title, remedy, trace } = explain(told, language);
  const Heading = whole ? "h1" : "p";
  // Asking again changes nothing about rights, nor about what is not there.
  const final = told.status === 403 || told.status === 404;
  return (
    <div className={styles.state} role="alert">
      <ExclamationCircleOutlined className={styles.alarm} aria-hidden />
      <Heading className={styles.title}>{title}</Heading>
      {remedy && <p className={styles.why}>{remedy}</p>}
      {trace && <p className={styles.why}>{w("trace", { id: trace })}</p>}
      {final && <Link to="/">{w("home")}</Link>}
      {onRetry && !final && <Button onClick={onRetry}>{w("retry")}</Button>}
    </div>
  );
}
