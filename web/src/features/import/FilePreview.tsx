/** The first rows of files as a mapping reads them; a wrong encoding makes nonsense of names 预览. */
import { useLanguage, useWords } from "@/lib/language";
import { named } from "@/lib/marks";
import { asProblem, type Problem } from "@/lib/problem";
import { ProblemNote } from "@/ui/ProblemNote";
import type { Preview } from "./calls";
import styles from "./import.module.css";
import { importWords } from "./words";

type Props = { of: readonly Preview[] | undefined; problem: Error | null };

export function FilePreview({ of = [], problem }: Props) {
  const refused: Problem | null = problem ? asProblem(problem) : null;
  return (
    <>
      <ProblemNote problem={refused} />
      {of.map((preview) => (
        <OneFile key={preview.file} of={preview} />
      ))}
    </>
  );
}

function OneFile({ of }: { of: Preview }) {
  const w = useWords(importWords);
  const zh = useLanguage() === "zh";
  const place = [of.file, of.sheet, of.encoding?.toUpperCase()].filter(Boolean).join(" · ");
  if (of.problem) {
    const { reason, reason_en, remedy, remedy_en } = of.problem;
    return (
      <p className={styles.fine}>
        {named(place, "")}<strong>{zh ? reason : reason_en}</strong> {zh ? remedy : remedy_en}
      </p>
    );
  }
  return (
    <figure className={styles.preview}>
      <figcaption className={styles.fine}>
        {w("preview")} · {place}
      </figcaption>
      <div className={styles.scroll}>
        <table>
          <thead>
            <tr>
              {of.header.map((name, at) => (
                <th key={at} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {of.rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, column) => (
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
