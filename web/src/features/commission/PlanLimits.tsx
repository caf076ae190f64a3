/** What is kept back, and between which bounds a plan pays 暂扣、封顶与保底. */
import { Form, Input, InputNumber, Radio, Select, Switch } from "antd";
import { useWords } from "@/lib/language";
import { Panel } from "@/ui/Panel";
import { amount, needed } from "./planForm";
import styles from "./planning.module.css";
import { planWords } from "./planWords";

export function PlanLimits() {
  const w = useWords(planWords);
  return (
    <Panel title={w("limits")}>
      <Form.Item name="holds" label={w("holds")} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item noStyle dependencies={["holds", "release"]}>
        {({ getFieldValue }) =>
          getFieldValue("holds") && <Holdback release={getFieldValue("release") as string} />
        }
      </Form.Item>
      <Form.Item name="cap" label={w("cap")} rules={[amount(w)]}>
        <Input inputMode="decimal" className={styles.amount} />
      </Form.Item>
      <Form.Item name="promises" label={w("promises")}>
        <Radio.Group
          className={styles.choices}
          options={(["nothing", "guarantee", "draw"] as const).map((value) => ({
            value,
            label: w(value),
          }))}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={["promises"]}>
        {({ getFieldValue }) =>
          getFieldValue("promises") !== "nothing" && (
            <Form.Item
              name="draw_amount"
              label={w("draw_amount")}
              rules={[needed(w), amount(w)]}
            >
              <Input inputMode="decimal" className={styles.amount} />
            </Form.Item>
          )
        }
      </Form.Item>
    </Panel>
  );
}

function Holdback({ release }: { release: string }) {
  const w = useWords(planWords);
  return (
    <div className={styles.row}>
      <Form.Item name="holdback_share" label={w("holdback_share")} rules={[needed(w)]}>
        <InputNumber controls={false} min={0.01} max={100} precision={2} suffix="%" />
      </Form.Item>
      <Form.Item name="holdback_reason" label={w("holdback_reason")} rules={[needed(w)]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="release" label={w("release")}>
        <Select
          options={[
            { value: "after_days", label: w("release_after") },
            { value: "contract_end", label: w("contract_end") },
          ]}
        />
      </Form.Item>
      {release === "after_days" && (
        <Form.Item name="release_days" label={w("how_many_days")} rules={[needed(w)]}>
          <InputNumber controls={false} min={1} max={1100} precision={0} />
        </Form.Item>
      )}
    </div>
  );
}
