/** The versions of a table and what each changed 版本与变更. */
import { Button } from "antd";
import { useState } from "react";
import { useLanguage, useWords } from "@/lib/language";
import { saveFile } from "@/lib/save";
import { Panel } from "@/ui/Panel";
import { StatusTag } from "@/ui/StatusTag";
import { writeDmn, type TableView, type Version } from "./calls";
import { Grid, shown } from "./Grid";
import styles from "./rules.module.css";
import { cellsOf, changes, type Change, type Row, type Table } from "./table";
import { ruleWords } from "./words";

const tones = { in_force: "good", ahead: "busy", past: "plain", end: "warn" } as const;

export function Versions({ of }: { of: TableView }) {
  const w = useWords(ruleWords);
  return (
    <Panel title={w("versions")}>
      <ul className={styles.list}>
        {of.versions.map((version, at) => (
          <One
            key={`${version.version} ${version.state}`}
            id={of.id}
            of={version}
            before={of.versions.slice(at + 1).find(({ table }) => table)?.table}
          />
        ))}
      </ul>
    </Panel>
  );
}

type Props = { id: string; of: Version; before: Table | null | undefined };

function One({ id, of, before }: Props) {
  const w = useWords(ruleWords);
  const [open, setOpen] = useState(false);
  const state = of.state as keyof typeof tones;
  async function save() {
    const xml = await writeDmn(id, of.version);
    saveFile(`${id}-${of.version}.dmn`, new Blob([xml], { type: "application/xml" }));
  }
  return (
    <li>
      <span className={styles.head}>
        <strong>{w("version", { n: of.version })}</strong>
        <StatusTag tone={tones[state]}>{w(state)}</StatusTag>
        <span>{w("since", { day: of.valid_from })}</span>
        {of.valid_until && <span>{w("until", { day: of.valid_until })}</span>}
        {of.drafted_by?.name && <span>{w("drafted", { name: of.drafted_by.name })}</span>}
        {of.published_by?.name && <span>{w("by", { name: of.published_by.name })}</span>}
        {of.table && (
          <span className={styles.buttons}>
            <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
              {w("grid")}
            </Button>
            <Button size="small" onClick={() => void save()}>
              {w("export_dmn")}
            </Button>
          </span>
        )}
      </span>
      <p className={styles.fine}>{of.note}</p>
      {of.table && <Changed before={before} after={of.table} />}
      {open && of.table && <Grid of={of.table} />}
    </li>
  );
}

export function Changed({ before, after }: { before: Table | null | undefined; after: Table }) {
  const w = useWords(ruleWords);
  const language = useLanguage();
  if (!before) return <p className={styles.fine}>{w("first_version")}</p>;
  const columns = [...after.inputs, ...after.outputs];
  const cells = (row: Row) =>
    cellsOf(row)
      .map((text, at) => shown(text, columns[at]?.holds ?? { kind: "text" }, language))
      .join(" | ");
  const tell = (change: Change): string => {
    if (!("row" in change)) return w(`changed_${change.what}`);
    const n = change.at + 1;
    if (change.what === "changed") {
      return w("row_changed", { n, before: cells(change.before), cells: cells(change.row) });
    }
    return w(`row_${change.what}`, { n, cells: cells(change.row) });
  };
  const found = changes(before, after);
  if (found.length === 0) return <p className={styles.fine}>{w("no_changes")}</p>;
  return (
    <ul className={styles.fine}>
      {found.map((change) => (
        <li key={tell(change)}>{tell(change)}</li>
      ))}
    </ul>
  );
}
