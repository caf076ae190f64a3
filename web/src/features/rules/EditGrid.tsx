/** The grid in which rows are written; what is wrong stands at its cell 表格编辑. */
import { Button } from "antd";
import { Fragment, type ClipboardEvent, type KeyboardEvent, type ReactNode } from "react";
import { useLanguage, useWords } from "@/lib/language";
import type { Gap, Report } from "./calls";
import { Heading, shown } from "./Grid";
import styles from "./rules.module.css";
import {
  asCodes,
  asWords,
  cellsOf,
  cellsPasted,
  moved,
  pasted,
  said,
  withCell,
  withoutRow,
  withRow,
  type Table,
} from "./table";
import { ruleWords } from "./words";

type Change = (table: Table) => void;
type Props = { of: Table; report: Report | undefined; onChange: Change };

export function EditGrid({ of, report, onChange }: Props) {
  const w = useWords(ruleWords);
  const columns = [...of.inputs, ...of.outputs];
  const clashing = new Set(report?.overlaps.flatMap(({ rows }) => rows));
  const gaps = report?.gaps ?? [];
  const after = (n: number) => gaps.filter(({ row }) => row === n);
  const loose = gaps.filter(({ row }) => row === null || row === undefined);
  const keyed = keysOf(of, onChange);
  const gapRow = (gap: Gap, at: number) => (
    <GapRow
      key={gap.zh}
      of={gap}
      table={of}
      onClose={(place) => {
        onChange(withRow(of, at, gap.cells));
        goLater(place, [at, of.inputs.length]);
      }}
    />
  );
  return (
    <>
      <div className={styles.scroll}>
        <table className={styles.grid}>
          <thead>
            <tr>
              <th className={styles.number}>{w("row")}</th>
              {columns.map((column, at) => (
                <Heading key={column.key} of={column} result={at >= of.inputs.length} />
              ))}
              <th className={styles.number} aria-hidden />
            </tr>
          </thead>
          <tbody>
            {of.rows.map((row, n) => (
              <Fragment key={row.id}>
                <EditRow
                  n={n}
                  table={of}
                  report={report}
                  clashing={clashing.has(n)}
                  onKey={keyed}
                  onChange={onChange}
                />
                {after(n).map((gap) => gapRow(gap, n + 1))}
              </Fragment>
            ))}
            {loose.map((gap) => gapRow(gap, of.rows.length))}
            {of.default && <DefaultRow of={of} report={report} onChange={onChange} />}
          </tbody>
        </table>
      </div>
      <Below of={of} onChange={onChange} />
    </>
  );
}

type At = readonly [row: number, column: number];

function go(place: Element | null, [row, column]: At) {
  place?.querySelector<HTMLInputElement>(`[data-at="${row}.${column}"]`)?.focus();
}

/** Once the row that was just made or moved stands there. */
function goLater(place: Element | null, at: At) {
  requestAnimationFrame(() => go(place, at));
}

/** Enter goes down, arrows too; with Alt they take the row along; Ctrl+Enter adds one. */
function keysOf(of: Table, onChange: Change) {
  return (event: KeyboardEvent, [row, column]: At) => {
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (event.nativeEvent.isComposing || (event.key !== "Enter" && step === 0)) return;
    event.preventDefault();
    const place = event.currentTarget.closest("table");
    if (step !== 0 && event.altKey) {
      onChange(moved(of, row, step));
      goLater(place, [row + step, column]);
    } else if (step !== 0) go(place, [row + step, column]);
    else if (event.ctrlKey || row === of.rows.length - 1) {
      onChange(withRow(of, row + 1));
      goLater(place, [row + 1, 0]);
    } else go(place, [row + 1, column]);
  };
}

function Below({ of, onChange }: { of: Table; onChange: Change }) {
  const w = useWords(ruleWords);
  const { default: otherwise, ...without } = of;
  const row = of.outputs.map(() => "");
  return (
    <>
      <p className={styles.head}>
        <Button size="small" onClick={() => onChange(withRow(of, of.rows.length))}>
          {w("add_row")}
        </Button>
        <Button
          size="small"
          onClick={() => onChange(otherwise ? without : { ...of, default: row })}
        >
          {w(otherwise ? "drop_default" : "add_default")}
        </Button>
      </p>
      <p className={styles.fine}>{w("keys")}</p>
      <p className={styles.fine}>{w("grammar")}</p>
    </>
  );
}

type RowProps = {
  n: number;
  table: Table;
  report: Report | undefined;
  clashing: boolean;
  onKey: (event: KeyboardEvent, at: readonly [number, number]) => void;
  onChange: Change;
};

function EditRow({ n, table, report, clashing, onKey, onChange }: RowProps) {
  const w = useWords(ruleWords);
  const language = useLanguage();
  const row = table.rows[n];
  if (!row) return null;
  const inputs = table.inputs.length;
  const columns = [...table.inputs, ...table.outputs];
  const paste = (event: ClipboardEvent, column: number) => {
    const cells = cellsPasted(event.clipboardData.getData("text/plain"));
    if (!cells) return;
    event.preventDefault();
    onChange(pasted(table, [n, column], cells));
  };
  return (
    <tr className={clashing ? styles.clashing : undefined}>
      <td className={styles.number}>{n + 1}</td>
      {cellsOf(row).map((text, at) => {
        const part = at < inputs ? `when/${at}` : `then/${at - inputs}`;
        const column = columns[at];
        return (
          <Cell
            key={column?.key ?? at}
            at={`${n}.${at}`}
            label={w("cell", { n: n + 1, column: column ? said(column.label, language) : "" })}
            text={column ? asWords(text, column.holds, language) : text}
            wrong={wrongAt(report, `/rows/${n}/${part}`, language)}
            onText={(typed) => {
              const kept = column ? asCodes(typed, column.holds, language) : typed;
              onChange(withCell(table, n, at, kept));
            }}
            onKey={(event) => onKey(event, [n, at])}
            onPaste={(event) => paste(event, at)}
          />
        );
      })}
      <td className={styles.number}>
        <Tools n={n} table={table} onChange={onChange} />
      </td>
    </tr>
  );
}

function Tools({ n, table, onChange }: { n: number; table: Table; onChange: Change }) {
  const w = useWords(ruleWords);
  const tool = (label: string, sign: ReactNode, off: boolean, next: () => Table) => (
    <button type="button" aria-label={label} disabled={off} onClick={() => onChange(next())}>
      {sign}
    </button>
  );
  const last = n === table.rows.length - 1;
  return (
    <span className={styles.tools}>
      {tool(w("up", { n: n + 1 }), "↑", n === 0, () => moved(table, n, -1))}
      {tool(w("down", { n: n + 1 }), "↓", last, () => moved(table, n, 1))}
      {tool(w("drop_row", { n: n + 1 }), "×", false, () => withoutRow(table, n))}
    </span>
  );
}

/** What is wrong with a cell, in the language of the screen. */
export function wrongAt(report: Report | undefined, at: string, language: "zh" | "en") {
  const found = report?.problems.find(({ pointer }) => pointer === at);
  if (!found) return undefined;
  return language === "zh"
    ? `${found.zh}。${found.remedy_zh}`
    : `${found.en}. ${found.remedy_en}`;
}

type CellProps = {
  at: string;
  label: string;
  text: string;
  wrong: string | undefined;
  onText: (text: string) => void;
  onKey?: (event: KeyboardEvent) => void;
  onPaste?: (event: ClipboardEvent) => void;
};

function Cell({ at, label, text, wrong, onText, onKey, onPaste }: CellProps) {
  const note = `wrong-${at}`;
  return (
    <td className={styles.edit}>
      <input
        data-at={at}
        aria-label={label}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong ? note : undefined}
        value={text}
        maxLength={400}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKey}
        onPaste={onPaste}
      />
      {wrong && (
        <p id={note} className={styles.wrong}>
          {wrong}
        </p>
      )}
    </td>
  );
}

function DefaultRow({ of, report, onChange }: Props) {
  const w = useWords(ruleWords);
  const language = useLanguage();
  const set = (at: number, text: string) => {
    const cells = of.default?.map((cell, n) => (n === at ? text : cell));
    onChange({ ...of, ...(cells && { default: cells }) });
  };
  return (
    <tr>
      <td className={styles.number}>0</td>
      {of.inputs.length > 0 && <td colSpan={of.inputs.length}>{w("default_row")}</td>}
      {of.default?.map((text, at) => (
        <Cell
          key={of.outputs[at]?.key ?? at}
          at={`d.${at}`}
          label={`${w("default_row")} ${of.outputs[at]?.label.zh ?? ""}`}
          text={text}
          wrong={wrongAt(report, `/default/${at}`, language)}
          onText={(typed) => set(at, typed)}
        />
      ))}
      <td />
    </tr>
  );
}

type Close = (place: Element | null) => void;

function GapRow({ of, table, onClose }: { of: Gap; table: Table; onClose: Close }) {
  const w = useWords(ruleWords);
  const language = useLanguage();
  return (
    <tr className={styles.gap}>
      <td className={styles.number}>
        <strong>{w("gap")}</strong>
      </td>
      {of.cells.map((text, at) => {
        const column = table.inputs[at];
        return <td key={column?.key ?? at}>{column && shown(text, column.holds, language)}</td>;
      })}
      <td colSpan={table.outputs.length + 1}>
        {language === "zh" ? of.zh : of.en}{" "}
        <Button
          size="small"
          onClick={({ currentTarget }) => onClose(currentTarget.closest("table"))}
        >
          {w("close_gap")}
        </Button>
      </td>
    </tr>
  );
}
