/** The components of a version: for which deals, of what, how much 计提项. */
import { Button, Form, Input, Radio, Select } from "antd";
import { useWords } from "@/lib/language";
import { Panel } from "@/ui/Panel";
import type { PlanWordList } from "./calls";
import { needed } from "./planForm";
import { methods, usual, type MethodName } from "./planning";
import styles from "./planning.module.css";
import { PlanMethod } from "./PlanMethod";
import { planWords } from "./planWords";

type Props = { words: PlanWordList | undefined };

export function PlanComponents({ words }: Props) {
  const w = useWords(planWords);
  return (
    <Panel title={w("components")}>
      <p className={styles.fine}>{w("components_note")}</p>
      <Form.List name="components">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }, at) => (
              <fieldset key={key} className={styles.component}>
                <legend className={styles.legend}>
                  {w("component_n", { n: at + 1 })}
                  {fields.length > 1 && (
                    <Button
                      type="text"
                      size="small"
                      aria-label={w("drop_component", { n: at + 1 })}
                      onClick={() => remove(name)}
                    >
                      ×
                    </Button>
                  )}
                </legend>
                <One at={name} words={words} />
              </fieldset>
            ))}
            <Button onClick={() => add({ ...usual })}>{w("add_component")}</Button>
          </>
        )}
      </Form.List>
    </Panel>
  );
}

function One({ at, words }: Props & { at: number }) {
  const w = useWords(planWords);
  const choices = (list: readonly string[] | undefined) => list?.map((value) => ({ value })) ?? [];
  return (
    <>
      <div className={styles.row}>
        <Form.Item name={[at, "name"]} label={w("component")} rules={[needed(w)]}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name={[at, "base"]} label={w("base")}>
          <Radio.Group
            options={[
              { value: "gross", label: w("gross") },
              { value: "margin", label: w("margin") },
            ]}
          />
        </Form.Item>
        <Form.Item name={[at, "customers"]} label={w("customers")}>
          <Select
            options={(["any", "new", "old"] as const).map((value) => ({ value, label: w(value) }))}
          />
        </Form.Item>
      </div>
      <div className={styles.row}>
        <Form.Item name={[at, "products"]} label={w("products")}>
          <Select mode="tags" placeholder={w("no_limit")} options={choices(words?.products)} />
        </Form.Item>
        <Form.Item name={[at, "industries"]} label={w("industries")}>
          <Select mode="tags" placeholder={w("no_limit")} options={choices(words?.industries)} />
        </Form.Item>
        <Form.Item name={[at, "method"]} label={w("method")}>
          <Select options={methods.map((value) => ({ value, label: w(value) }))} />
        </Form.Item>
      </div>
      <Form.Item noStyle dependencies={[["components", at, "method"]]}>
        {({ getFieldValue }) => (
          <PlanMethod at={at} method={getFieldValue(["components", at, "method"]) as MethodName} />
        )}
      </Form.Item>
    </>
  );
}
