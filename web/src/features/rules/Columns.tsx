/** Which conditions and results a table has, and of what kind 列设置. */
import { Button, Input as TextField, Select } from "antd";
import { useState } from "react";
import { useLanguage, useWords } from "@/lib/language";
import type { Fact } from "./calls";
import styles from "./rules.module.css";
import {
  fresh,
  said,
  withInput,
  withOutput,
  withoutInput,
  withoutOutput,
  type Choice,
  type Input,
  type Kind,
  type KindName,
  type Output,
  type Table,
} from "./table";
import { ruleWords } from "./words";

const KINDS: readonly KindName[] = [
  "money",
  "rate",
  "int",
  "days",
  "number",
  "date",
  "bool",
  "enum",
  "text",
];

/** What a fact that commission knows looks like as a column. */
function columnOf(fact: Fact): Input {
  const kind = fact.kinds[0] as KindName;
  const words: Record<string, Choice[]> = {
    customer_kind: [
      { code: "new", zh: "新客户", en: "new" },
      { code: "old", zh: "老客户", en: "old" },
    ],
    trigger: [
      { code: "signing", zh: "签约", en: "signing" },
      { code: "delivery", zh: "交付", en: "delivery" },
      { code: "invoice", zh: "开票", en: "invoicing" },
      { code: "cash", zh: "回款", en: "cash received" },
    ],
  };
  const holds: Kind = kind === "enum" ? { kind, choices: words[fact.key] ?? [] } : { kind };
  return { key: fact.key, label: { zh: fact.zh, en: fact.en }, holds };
}

/** What commission takes from a table, and what it is for. */
const RESULTS = [
  { key: "rate", zh: "提成比例", en: "Rate" },
  { key: "share", zh: "原负责人份额", en: "Previous owner’s share" },
  { key: "owner", zh: "负责人份额", en: "Owner’s share" },
  { key: "signer", zh: "签约人份额", en: "Signer’s share" },
  { key: "helpers", zh: "协作人份额", en: "Helpers’ share" },
];

type Props = { of: Table; facts: readonly Fact[]; onChange: (table: Table) => void };

export function Columns({ of, facts, onChange }: Props) {
  const w = useWords(ruleWords);
  const language = useLanguage();
  const [wanted, setWanted] = useState<string>();
  const taken = [...of.inputs, ...of.outputs].map(({ key }) => key);
  const options = [
    ...facts
      .filter(({ key }) => !taken.includes(key))
      .map((fact) => ({ value: fact.key, label: said(fact, language) })),
    { value: "", label: w("other_fact") },
  ];
  const add = () => {
    const fact = facts.find(({ key }) => key === wanted);
    const key = fresh("c", taken);
    const other: Input = { key, label: { zh: w("conditions") }, holds: { kind: "text" } };
    onChange(withInput(of, fact ? columnOf(fact) : other));
    setWanted(undefined);
  };
  const set = <T extends Input | Output>(list: T[], at: number, next: T) =>
    list.map((one, n) => (n === at ? next : one));
  return (
    <>
      {of.inputs.map((input, at) => (
        <Column
          key={input.key}
          of={input}
          condition
          onChange={(next) => onChange({ ...of, inputs: set(of.inputs, at, next) })}
          onDrop={() => onChange(withoutInput(of, at))}
        />
      ))}
      <p className={styles.head}>
        <Select
          aria-label={w("add_fact")}
          placeholder={w("add_fact")}
          style={{ minWidth: 220 }}
          value={wanted}
          options={options}
          onChange={setWanted}
        />
        <Button disabled={wanted === undefined} onClick={add}>
          {w("add_input")}
        </Button>
      </p>
      {of.outputs.map((output, at) => (
        <Column
          key={output.key}
          of={output}
          onChange={(next) => onChange({ ...of, outputs: set(of.outputs, at, next) })}
          onDrop={of.outputs.length > 1 ? () => onChange(withoutOutput(of, at)) : undefined}
        />
      ))}
      <AddResult of={of} taken={taken} onChange={onChange} />
    </>
  );
}

type ResultProps = { of: Table; taken: readonly string[]; onChange: (table: Table) => void };

/** Another result: one that commission takes, or any. */
function AddResult({ of, taken, onChange }: ResultProps) {
  const w = useWords(ruleWords);
  const language = useLanguage();
  const [result, setResult] = useState<string>();
  const add = () => {
    const asked = result ?? (taken.includes("rate") ? undefined : "rate");
    const known = RESULTS.find(({ key }) => key === asked);
    const key = known?.key ?? fresh("o", taken);
    const label = known ? { zh: known.zh, en: known.en } : { zh: w("results") };
    onChange(withOutput(of, { key, label, holds: { kind: "rate" } }));
    setResult(undefined);
  };
  return (
    <p className={styles.head}>
      <Select
        aria-label={w("which_result")}
        placeholder={w("which_result")}
        style={{ minWidth: 220 }}
        value={result}
        options={RESULTS.filter(({ key }) => !taken.includes(key)).map((one) => ({
          value: one.key,
          label: said(one, language),
        }))}
        onChange={setResult}
      />
      <Button onClick={add}>{w("add_output")}</Button>
    </p>
  );
}

type ColumnProps<T> = {
  of: T;
  condition?: boolean;
  onChange: (column: T) => void;
  onDrop?: () => void;
};

function Column<T extends Input | Output>({ of, condition, onChange, onDrop }: ColumnProps<T>) {
  const w = useWords(ruleWords);
  const language = useLanguage();
  const set = (change: Partial<Input>) => onChange({ ...of, ...change });
  const kinds = KINDS.map((value) => ({ value, label: w(value) }));
  return (
    <div className={styles.fields}>
      <label>
        <span>{w(condition ? "conditions" : "results")}</span>
        <TextField
          value={of.label.zh}
          maxLength={100}
          onChange={(event) => set({ label: { ...of.label, zh: event.target.value } })}
        />
      </label>
      <label>
        <span>{w("kind")}</span>
        <Select
          aria-label={w("kind")}
          style={{ width: "100%" }}
          value={of.holds.kind}
          options={kinds}
          onChange={(kind) => set({ holds: kind === "enum" ? { kind, choices: [] } : { kind } })}
        />
      </label>
      {of.holds.kind === "enum" && (
        <Choices
          of={of.holds.choices ?? []}
          onChange={(choices) => set({ holds: { kind: "enum", choices } })}
        />
      )}
      {condition && "holds" in of && (
        <label>
          <span>{w("allowed")}</span>
          <TextField
            value={(of as Input).allowed ?? ""}
            placeholder=">=0"
            onChange={(event) => set({ allowed: event.target.value })}
          />
        </label>
      )}
      {onDrop && (
        <div>
          <Button danger type="text" onClick={onDrop}>
            {w("drop_column", { name: of.label[language] || of.label.zh })}
          </Button>
        </div>
      )}
    </div>
  );
}

function Choices({ of, onChange }: { of: Choice[]; onChange: (choices: Choice[]) => void }) {
  const w = useWords(ruleWords);
  const [text, setText] = useState(() => of.map(({ code, zh }) => zh || code).join("、"));
  const read = (typed: string) => {
    setText(typed);
    const names = typed.split(/[、,，]/).map((name) => name.trim()).filter(Boolean);
    const known = (name: string) => of.find(({ code, zh }) => (zh || code) === name);
    onChange(names.map((name) => known(name) ?? { code: name }));
  };
  return (
    <label>
      <span>{w("choices")}</span>
      <TextField value={text} onChange={(event) => read(event.target.value)} />
    </label>
  );
}
