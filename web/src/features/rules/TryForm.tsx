/** Facts in, answer out, with the reason row by row; a case can be kept as an example 试算. */
import { Button, Input as TextField, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useLanguage, useWords } from "@/lib/language";
import { DayPicker } from "@/ui/DayPicker";
import { ProblemNote } from "@/ui/ProblemNote";
import { useAct } from "@/ui/useAct";
import { askTable, type Answer } from "./calls";
import { Grid } from "./Grid";
import styles from "./rules.module.css";
import { factOf, said, type Example, type Input, type Table } from "./table";
import { ruleWords } from "./words";

type Props = { of: Table; onKeep?: (example: Example) => void; showsGrid?: boolean };

export function TryForm({ of, onKeep, showsGrid = false }: Props) {
  const w = useWords(ruleWords);
  const language = useLanguage();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [answer, setAnswer] = useState<Answer>();
  const given = Object.fromEntries(
    of.inputs.map(({ key, holds }) => [key, factOf(holds, typed[key])]),
  );
  const act = useAct<undefined, Answer>({
    run: () => askTable(of, given),
    inline: true,
    onDone: setAnswer,
  });
  const chosen = answer?.rows.filter(({ fate }) => fate === "chosen").map(({ row }) => row);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setAnswer(undefined);
        act.mutate(undefined);
      }}
    >
      <p className={styles.fine}>{w("try_note")}</p>
      <div className={styles.fields}>
        {of.inputs.map((input) => (
          <FactField
            key={input.key}
            of={input}
            value={typed[input.key] ?? ""}
            onChange={(text) => setTyped({ ...typed, [input.key]: text })}
          />
        ))}
      </div>
      <Button htmlType="submit" loading={act.isPending}>
        {w("ask")}
      </Button>
      <ProblemNote problem={act.error} />
      {answer && (
        <div className={styles.answer} aria-live="polite">
          <strong>{language === "zh" ? answer.zh : answer.en}</strong>
          {showsGrid && <Grid of={of} chosen={chosen} />}
          <details>
            <summary>{w("why_rows")}</summary>
            <ul className={styles.list}>
              {answer.rows.map(({ row, zh, en }) => (
                <li key={row}>{language === "zh" ? zh : en}</li>
              ))}
            </ul>
          </details>
          {onKeep && (
            <Keep onKeep={(name) => onKeep({ name, given, expect: answer.answer })} />
          )}
        </div>
      )}
    </form>
  );
}

function Keep({ onKeep }: { onKeep: (name: string) => void }) {
  const w = useWords(ruleWords);
  const [name, setName] = useState("");
  return (
    <p className={styles.head}>
      <TextField
        aria-label={w("example_name")}
        placeholder={w("example_name")}
        style={{ maxWidth: 260 }}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button size="small" disabled={!name.trim()} onClick={() => onKeep(name.trim())}>
        {w("keep_example")}
      </Button>
    </p>
  );
}

type FieldProps = { of: Input; value: string; onChange: (text: string) => void };

function FactField({ of, value, onChange }: FieldProps) {
  const label = said(of.label, useLanguage());
  return (
    <label>
      <span>{label}</span>
      <Field of={of} label={label} value={value} onChange={onChange} />
    </label>
  );
}

function Field({ of, label, value, onChange }: FieldProps & { label: string }) {
  const w = useWords(ruleWords);
  const language = useLanguage();
  const wide = { width: "100%" };
  if (of.holds.kind === "enum" || of.holds.kind === "bool") {
    const yes = [
      { value: "true", label: w("yes") },
      { value: "false", label: w("no") },
    ];
    const choices = (of.holds.choices ?? []).map(({ code, zh, en }) => ({
      value: code,
      label: said({ zh: zh || code, en }, language),
    }));
    return (
      <Select
        aria-label={label}
        style={wide}
        value={value || undefined}
        options={of.holds.kind === "bool" ? yes : choices}
        onChange={onChange}
      />
    );
  }
  if (of.holds.kind === "date") {
    return (
      <DayPicker
        style={wide}
        value={value ? dayjs(value) : null}
        onChange={(day) => onChange(day ? day.format("YYYY-MM-DD") : "")}
      />
    );
  }
  return (
    <TextField
      inputMode={of.holds.kind === "text" ? "text" : "decimal"}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
