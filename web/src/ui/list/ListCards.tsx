/** The rows of a list as cards, for a phone 列表卡片. */
import { Checkbox } from "antd";
import { useWords } from "@/lib/language";
import { selectLabel, uiWords } from "../words";
import type { Column } from "./column";
import styles from "./ListCards.module.css";

type Props<Row> = {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  label: string;
  selected?: readonly string[];
  onSelect?: (keys: string[]) => void;
  rowName?: ((row: Row) => string) | undefined;
};

export function ListCards<Row>(props: Props<Row>) {
  const { columns, rows, rowKey, label, selected, onSelect, rowName } = props;
  const w = useWords(uiWords);
  const part = (wanted: Column<Row>["card"]) => columns.filter(({ card }) => card === wanted);
  const chosen = selected ?? [];

  function toggle(key: string, on: boolean) {
    onSelect?.(on ? [...chosen, key] : chosen.filter((other) => other !== key));
  }

  return (
    <ul className={styles.cards} aria-label={label}>
      {rows.map((row) => {
        const key = rowKey(row);
        return (
          <li key={key} className={styles.card}>
            <div className={styles.head}>
              {onSelect && (
                <Checkbox
                  aria-label={selectLabel(w, rowName?.(row))}
                  checked={chosen.includes(key)}
                  onChange={({ target }) => toggle(key, target.checked)}
                />
              )}
              {part("title").map(({ key: name, cell }) => (
                <span key={name} className={styles.title}>
                  {cell(row)}
                </span>
              ))}
              {part("tag").map(({ key: name, cell }) => (
                <span key={name}>{cell(row)}</span>
              ))}
            </div>
            <dl className={styles.lines}>
              {part(undefined).map(({ key: name, title, cell }) => (
                <div key={name}>
                  <dt>{title}</dt>
                  <dd>{cell(row)}</dd>
                </div>
              ))}
            </dl>
          </li>
        );
      })}
    </ul>
  );
}
