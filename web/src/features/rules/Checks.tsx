/** What stands in the way of publishing, in sentences, and what the examples gave 检查结果. */
import { Button } from "antd";
import { useLanguage, useWords } from "@/lib/language";
import { StatusTag } from "@/ui/StatusTag";
import type { Report } from "./calls";
import styles from "./rules.module.css";
import { asWords, typedOf, type Table } from "./table";
import { ruleWords } from "./words";

/** Problems that stand at a cell are told there; the rest is told here. */
function elsewhere({ pointer }: { pointer: string }): boolean {
  return !/^\/(rows\/\d+\/(when|then)|default)\/\d+$/.test(pointer);
}

export function Checks({ of }: { of: Report }) {
  const w = useWords(ruleWords);
  const language = useLanguage();
  if (of.publishable) {
    return (
      <p role="status">
        <StatusTag tone="good">{w("all_well")}</StatusTag>
      </p>
    );
  }
  const stops = of.problems.filter(({ severity }) => severity === "stop");
  return (
    <div role="status">
      <StatusTag tone="bad">{w("wrong_n", { n: stops.length })}</StatusTag>
      <ul className={`${styles.list} ${styles.clash}`}>
        {of.problems.filter(elsewhere).map((one) => (
          <li key={`${one.code} ${one.zh}`}>
            {language === "zh" ? one.zh : one.en}
            <p className={styles.fine}>{language === "zh" ? one.remedy_zh : one.remedy_en}</p>
          </li>
        ))}
      </ul>
      {of.more_gaps && <p className={styles.fine}>{w("more_gaps")}</p>}
    </div>
  );
}

type Props = { of: Table; report: Report | undefined; onDrop?: (at: number) => void };

export function Examples({ of, report, onDrop }: Props) {
  const w = useWords(ruleWords);
  const language = useLanguage();
  const examples = of.examples ?? [];
  if (examples.length === 0) return <p className={styles.fine}>{w("no_examples")}</p>;
  return (
    <ul className={styles.list}>
      {examples.map((example, at) => {
        const tried = report?.examples[at];
        const facts = of.inputs.map(({ key, holds }) =>
          asWords(typedOf(example.given[key]), holds, language),
        );
        return (
          <li key={example.name} className={styles.head}>
            <strong>{example.name}</strong>
            <span>{facts.filter(Boolean).join("，")}</span>
            <span>{w("expects", { what: answerText(example.expect) })}</span>
            {tried && (
              <StatusTag tone={tried.passed ? "good" : "bad"}>
                {w(tried.passed ? "passed" : "failed")}
              </StatusTag>
            )}
            {tried && !tried.passed && <span>{language === "zh" ? tried.zh : tried.en}</span>}
            {onDrop && (
              <Button
                size="small"
                type="text"
                aria-label={w("drop_example", { name: example.name })}
                onClick={() => onDrop(at)}
              >
                ×
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** An answer as text: the values of its one row, or all of it. */
export function answerText(answer: unknown): string {
  if (answer && typeof answer === "object" && !Array.isArray(answer)) {
    return Object.values(answer).map(String).join("，");
  }
  return JSON.stringify(answer);
}
