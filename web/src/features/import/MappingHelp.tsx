/** What a mapping asks of the files, what was understood of them, and what to begin with 映射说明. */
import { Button } from "antd";
import { useLanguage, useWords } from "@/lib/language";
import { listed, named } from "@/lib/marks";
import { saveFile } from "@/lib/save";
import type { Draft, DraftFile, Shipped, Template } from "./calls";
import styles from "./import.module.css";
import { importWords } from "./words";

const toml = (text: string) => new Blob([text], { type: "application/toml" });

/** Tables to be filled in; their columns are recognised. */
export function Templates({ of }: { of: readonly Template[] }) {
  const w = useWords(importWords);
  const language = useLanguage();
  return (
    <div className={styles.help}>
      <p className={styles.fine}>{w("auto_means")}</p>
      <p className={styles.downloads}>
        <span className={styles.fine}>{w("templates")}</span>
        {of.map((template) => {
          const name = template[`kind_${language}`];
          const csv = () => new Blob([template.csv], { type: "text/csv" });
          return (
            <Button key={template.kind} size="small" onClick={() => saveFile(`${name}.csv`, csv())}>
              {name}
            </Button>
          );
        })}
      </p>
    </div>
  );
}

/** The files and columns that a shipped mapping asks for. */
export function Asks({ of }: { of: Shipped }) {
  const w = useWords(importWords);
  return (
    <div className={styles.help}>
      {of.asks.map(({ file, header_row, columns }) => (
        <p key={file} className={styles.fine}>
          {w("asks", { file, row: header_row, columns: listed(columns) })}
        </p>
      ))}
      <Button size="small" onClick={() => saveFile(`${of.name}.toml`, toml(of.text))}>
        {w("save_mapping")}
      </Button>
    </div>
  );
}

/** How a mapping of one's own looks, and an example to begin with. */
export function OwnMapping({ example }: { example: Shipped | undefined }) {
  const w = useWords(importWords);
  return (
    <div className={styles.help}>
      <p className={styles.fine}>{w("own_means")}</p>
      {example && (
        <Button size="small" onClick={() => saveFile(`${example.name}.toml`, toml(example.text))}>
          {w("save_example")}
        </Button>
      )}
    </div>
  );
}

/** What was understood of the files. */
export function Understood({ of }: { of: Draft }) {
  const w = useWords(importWords);
  return (
    <div className={styles.help}>
      {of.files.map((file) => (
        <OneFile key={file.file} of={file} />
      ))}
      {of.text !== "" && (
        <Button size="small" onClick={() => saveFile(`${w("mapping_file")}.toml`, toml(of.text))}>
          {w("save_mapping")}
        </Button>
      )}
    </div>
  );
}

function OneFile({ of }: { of: DraftFile }) {
  const w = useWords(importWords);
  const language = useLanguage();
  const zh = language === "zh";
  const said = () => {
    if (of.problem) {
      const { reason, reason_en, remedy, remedy_en } = of.problem;
      return zh ? `${reason}。${remedy}` : `${reason_en}. ${remedy_en}`;
    }
    if (!of.kind) return w("kind_unknown");
    const missing = zh ? of.missing : of.missing_en;
    const kind = of[`kind_${language}`];
    if (missing.length > 0) return w("columns_missing", { kind, columns: listed(missing) });
    const into = (column: string, field: string) =>
      column === field ? column : `${column} → ${field}`;
    const known = of.columns.flatMap(({ column, field, field_en }) => {
      const name = zh ? field : field_en;
      return name ? [into(column, name)] : [];
    });
    return w("understood", { kind, row: of.header_row, columns: listed(known) });
  };
  const kept = of.columns.flatMap(({ column, field }) => (field || !column ? [] : [column]));
  return (
    <p className={styles.fine}>
      {named(of.file, "")}
      {said()}
      {of.kind && of.missing.length === 0 && kept.length > 0 && (
        <> {w("columns_kept", { columns: listed(kept) })}</>
      )}
    </p>
  );
}
