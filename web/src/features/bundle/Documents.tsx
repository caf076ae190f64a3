/** The documents that go along 文书选择. */
import { Checkbox } from "antd";
import { useLanguage, useWords } from "@/lib/language";
import styles from "./bundle.module.css";
import type { PreviewDocument } from "./calls";
import { toggled, type Choice } from "./choice";
import { bundleWords } from "./words";

type Props = {
  of: readonly PreviewDocument[];
  choice: Choice;
  onChoose: (choice: Choice) => void;
};

export function Documents({ of, choice, onChoose }: Props) {
  const w = useWords(bundleWords);
  const language = useLanguage();
  if (of.length === 0) return <p className={styles.fine}>{w("documents_none")}</p>;
  return (
    <ul className={styles.rows}>
      {of.map((paper) => (
        <li key={paper.id}>
          <Checkbox
            checked={choice.documents.has(paper.id)}
            onChange={() =>
              onChoose({ ...choice, documents: toggled(choice.documents, paper.id) })
            }
          >
            {paper[language]} {paper.number}
            {paper.signed && <span className={styles.fine}> · {w("with_signatures")}</span>}
            {paper.of_others && <span className={styles.hidden}> · {w("names_others")}</span>}
          </Checkbox>
        </li>
      ))}
    </ul>
  );
}
