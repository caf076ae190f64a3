/** A table to be read: conditions, results, and the row that hit 决策表阅读. */
import { useLanguage, useWords } from "@/lib/language";
import { cellText } from "./cellWords";
import styles from "./rules.module.css";
import { asWords, said, type Kind, type Label, type Table } from "./table";
import { ruleWords } from "./words";

/** A cell in words, also of its choices instead of their codes; a rate as per cent. */
export function shown(text: string, kind: Kind, language: "zh" | "en"): string {
  if (kind.kind === "rate" && /^\d*\.?\d+$/.test(text)) return perCent(text);
  return cellText(kind.kind === "enum" ? asWords(text, kind, language) : text, language);
}

/** `0.035` → `3.5%`, digit by digit. */
function perCent(rate: string): string {
  const [whole = "0", places = ""] = rate.split(".");
  const digits = places.padEnd(2, "0");
  const point = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, "");
  const rest = digits.slice(2).replace(/0+$/, "");
  return `${point}${rest && `.${rest}`}%`;
}

type Props = { of: Table; chosen?: readonly number[] };

export function Grid({ of, chosen = [] }: Props) {
  const w = useWords(ruleWords);
  const language = useLanguage();
  const columns = [...of.inputs, ...of.outputs];
  const cell = (text: string, at: number) => {
    const column = columns[at];
    return column ? shown(text, column.holds, language) : text;
  };
  return (
    // A grid that is wider than its place is scrolled with the keyboard, too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.scroll} role="group" aria-label={said(of.title, language)} tabIndex={0}>
      <table className={`${styles.grid} ${styles.cards}`}>
        <thead>
          <tr>
            <th className={styles.number} scope="col">
              {w("row")}
            </th>
            {columns.map((column, at) => (
              <Heading key={column.key} of={column} result={at >= of.inputs.length} />
            ))}
          </tr>
        </thead>
        <tbody>
          {of.rows.map((row, n) => (
            <tr key={row.id} className={chosen.includes(n) ? styles.hit : undefined}>
              <th scope="row" className={styles.number} data-label={w("row")}>
                {n + 1}
              </th>
              {[...row.when, ...row.then].map((text, at) => (
                <td
                  key={columns[at]?.key ?? at}
                  className={at >= of.inputs.length ? styles.result : undefined}
                  data-label={columns[at] && said(columns[at].label, language)}
                >
                  {cell(text, at)}
                </td>
              ))}
            </tr>
          ))}
          {of.default && (
            <tr>
              <th scope="row" className={styles.number}>
                0
              </th>
              {of.inputs.length > 0 && <td colSpan={of.inputs.length}>{w("default_row")}</td>}
              {of.default.map((text, at) => (
                <td key={of.outputs[at]?.key ?? at} className={styles.result}>
                  {cell(text, of.inputs.length + at)}
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

type HeadingProps = { of: { label: Label; holds: Kind }; result: boolean };

export function Heading({ of, result }: HeadingProps) {
  const w = useWords(ruleWords);
  const language = useLanguage();
  return (
    <th scope="col" className={result ? styles.result : undefined}>
      {said(of.label, language)}
      <small>{w(of.holds.kind)}</small>
    </th>
  );
}
