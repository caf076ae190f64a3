/** How much a component pays: rates, tiers, a quota, sections, an amount, a table 计算方式. */
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, InputNumber, Select } from "antd";
import type { ReactNode } from "react";
import { useWords } from "@/lib/language";
import { tablesQuery } from "./calls";
import { amount, needed, rises } from "./planForm";
import type { MethodName } from "./planning";
import styles from "./planning.module.css";
import { planWords } from "./planWords";

type Props = { at: number; method: MethodName };
type Path = (string | number)[];

export function PlanMethod({ at, method }: Props) {
  const w = useWords(planWords);
  switch (method) {
    case "flat":
      return <Rate name={[at, "rate"]} />;
    case "quota":
      return (
        <Hinted hint={w("quota_hint")}>
          <Amount name={[at, "quota"]} label={w("quota_amount")} required />
          <Steps at={at} />
        </Hinted>
      );
    case "sections":
      return (
        <Hinted hint={w("sections_hint")}>
          <Sections at={at} />
        </Hinted>
      );
    case "fixed":
      return (
        <Hinted hint={w("fixed_hint")}>
          <Amount name={[at, "fixed"]} label={w("fixed_amount")} required />
        </Hinted>
      );
    case "table":
      return (
        <Hinted hint={w("table_hint")}>
          <ByTable at={at} />
        </Hinted>
      );
    default:
      return (
        <Hinted hint={w(`${method}_hint`)}>
          <Tiers at={at} mixed={method === "mixed"} />
        </Hinted>
      );
  }
}

function Hinted({ hint, children }: { hint: string; children: ReactNode }) {
  return (
    <>
      <p className={styles.fine}>{hint}</p>
      {children}
    </>
  );
}

function Rate({ name }: { name: Path }) {
  const w = useWords(planWords);
  return (
    <Form.Item name={name} label={w("rate")} rules={[needed(w)]}>
      <InputNumber controls={false} min={0} max={100} step={0.1} precision={2} suffix="%" />
    </Form.Item>
  );
}

type AmountProps = { name: Path; label: string; required?: boolean };

function Amount({ name, label, required }: AmountProps) {
  const w = useWords(planWords);
  const rules = required ? [needed(w), amount(w)] : [amount(w)];
  return (
    <Form.Item name={name} label={label} rules={rules}>
      <Input inputMode="decimal" />
    </Form.Item>
  );
}

function Reaches({ name }: { name: Path }) {
  const w = useWords(planWords);
  return (
    <Form.Item name={name} label={w("reach")}>
      <Select
        options={[
          { value: "excess", label: w("excess_word") },
          { value: "whole", label: w("whole_word") },
        ]}
      />
    </Form.Item>
  );
}

function Drop({ at, onDrop }: { at: number; onDrop: () => void }) {
  const w = useWords(planWords);
  return (
    <Form.Item label=" " colon={false}>
      <Button type="text" aria-label={w("drop_tier", { n: at + 1 })} onClick={onDrop}>
        ×
      </Button>
    </Form.Item>
  );
}

type RowsProps = {
  name: Path;
  fresh: object;
  children: (name: number, at: number, drop: ReactNode) => ReactNode;
};

/** Rows that can be added and dropped; the first one stays. */
function TierRows({ name, fresh, children }: RowsProps) {
  const w = useWords(planWords);
  return (
    <Form.List name={name}>
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name: own }, at) => (
            <div key={key} className={styles.tier}>
              {children(own, at, at > 0 && <Drop at={at} onDrop={() => remove(own)} />)}
            </div>
          ))}
          <Form.Item>
            <Button size="small" onClick={() => add(fresh)}>
              {w("add_tier")}
            </Button>
          </Form.Item>
        </>
      )}
    </Form.List>
  );
}

function Tiers({ at, mixed }: { at: number; mixed: boolean }) {
  const w = useWords(planWords);
  const form = Form.useFormInstance();
  const before = (own: number) =>
    form.getFieldValue(["components", at, "bands", own - 1, "from"]) as string | undefined;
  const rising = (own: number) => ({
    validator: (_: unknown, typed?: string) =>
      rises(before(own), typed) ? Promise.resolve() : Promise.reject(new Error(w("not_rising"))),
  });
  return (
    <TierRows name={[at, "bands"]} fresh={{ reach: "excess" }}>
      {(own, row, drop) => (
        <>
          <Form.Item
            name={[own, "from"]}
            label={w("from_amount")}
            rules={row === 0 ? [] : [needed(w), amount(w), rising(own)]}
          >
            <Input disabled={row === 0} inputMode="decimal" />
          </Form.Item>
          <Rate name={[own, "rate"]} />
          {mixed && row > 0 && <Reaches name={[own, "reach"]} />}
          {drop}
        </>
      )}
    </TierRows>
  );
}

function Steps({ at }: { at: number }) {
  const w = useWords(planWords);
  const form = Form.useFormInstance();
  const rising = (own: number) => ({
    validator: (_: unknown, typed?: number) => {
      const path = ["components", at, "steps", own - 1, "attained"];
      const before = (form.getFieldValue(path) as number | undefined) ?? 0;
      return typed === undefined || typed > before
        ? Promise.resolve()
        : Promise.reject(new Error(w("not_rising")));
    },
  });
  return (
    <TierRows name={[at, "steps"]} fresh={{ reach: "excess" }}>
      {(own, row, drop) => (
        <>
          <Form.Item
            name={[own, "attained"]}
            label={w("attained")}
            rules={row === 0 ? [] : [needed(w), rising(own)]}
          >
            <InputNumber
              controls={false}
              disabled={row === 0}
              min={0}
              max={1000}
              precision={2}
              suffix="%"
            />
          </Form.Item>
          <Rate name={[own, "rate"]} />
          {row > 0 && <Reaches name={[own, "reach"]} />}
          {drop}
        </>
      )}
    </TierRows>
  );
}

function Sections({ at }: { at: number }) {
  const w = useWords(planWords);
  const form = Form.useFormInstance();
  const above = (own: number) => ({
    validator: (_: unknown, typed?: string) => {
      const path = ["components", at, "sections", own, "from"];
      const from = form.getFieldValue(path) as string | undefined;
      return rises(from, typed)
        ? Promise.resolve()
        : Promise.reject(new Error(w("not_rising")));
    },
  });
  return (
    <TierRows name={[at, "sections"]} fresh={{}}>
      {(own, _row, drop) => (
        <>
          <Amount name={[own, "from"]} label={w("section_from")} required />
          <Form.Item
            name={[own, "to"]}
            label={w("to_amount")}
            rules={[needed(w), amount(w), above(own)]}
          >
            <Input inputMode="decimal" />
          </Form.Item>
          <Rate name={[own, "rate"]} />
          {drop}
        </>
      )}
    </TierRows>
  );
}

function ByTable({ at }: { at: number }) {
  const w = useWords(planWords);
  const tables = useQuery(tablesQuery).data?.items ?? [];
  const options = tables
    .filter(({ state }) => state === "in_force" || state === "ahead")
    .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Form.Item name={[at, "table"]} label={w("decision_table")} rules={[needed(w)]}>
      <Select options={options} />
    </Form.Item>
  );
}
