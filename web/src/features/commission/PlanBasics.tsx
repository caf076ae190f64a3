/** How a plan is called, when it counts, and when what it pays falls due 方案基本信息. */
import { AutoComplete, Form, Input, InputNumber, Radio, Select } from "antd";
import { useWords } from "@/lib/language";
import { DayPicker } from "@/ui/DayPicker";
import { Panel } from "@/ui/Panel";
import type { PlanWordList } from "./calls";
import { needed } from "./planForm";
import styles from "./planning.module.css";
import { planWords } from "./planWords";

type Props = { fresh: boolean; words: PlanWordList | undefined };

const PERIODS = ["each", "month", "quarter", "year"] as const;
const CHANGES = ["next_window", "carries_on", "starts_afresh"] as const;
const TRIGGERS = ["signing", "delivery", "invoice", "cash"] as const;
const DUE = ["next_month_on", "after_days", "at_once"] as const;

export function PlanBasics({ fresh, words }: Props) {
  const w = useWords(planWords);
  const options = <K extends keyof typeof planWords>(keys: readonly K[]) =>
    keys.map((value) => ({ value, label: w(value as "each") }));
  return (
    <Panel title={w("basics")}>
      {fresh && (
        <Form.Item name="name" label={w("name")} rules={[needed(w)]}>
          <Input maxLength={100} />
        </Form.Item>
      )}
      <div className={styles.row}>
        <Form.Item name="valid_from" label={w("valid_from")} rules={[needed(w)]}>
          <DayPicker allowClear={false} />
        </Form.Item>
        <Form.Item name="trigger" label={w("trigger")}>
          <Select options={options(TRIGGERS)} />
        </Form.Item>
        <Form.Item name="adds_up" label={w("adds_up")}>
          <Select disabled={!fresh} options={options(PERIODS)} />
        </Form.Item>
      </div>
      <div className={styles.row}>
        <Form.Item name="payable" label={w("payable")}>
          <Select options={options(DUE)} />
        </Form.Item>
        <Form.Item noStyle dependencies={["payable"]}>
          {({ getFieldValue }) => <DueDay of={getFieldValue("payable") as string} />}
        </Form.Item>
        <Form.Item name="change_inside" label={w("change_inside")}>
          <Select disabled={!fresh} options={options(CHANGES)} />
        </Form.Item>
      </div>
      {fresh && <Place overlays={words?.overlays ?? []} />}
    </Panel>
  );
}

function DueDay({ of }: { of: string }) {
  const w = useWords(planWords);
  if (of === "at_once") return null;
  const monthly = of === "next_month_on";
  return (
    <Form.Item
      key={of}
      name={monthly ? "due_day" : "due_days"}
      label={w(monthly ? "which_day" : "how_many_days")}
      rules={[needed(w)]}
    >
      <InputNumber controls={false} min={monthly ? 1 : 0} max={monthly ? 31 : 1100} precision={0} />
    </Form.Item>
  );
}

function Place({ overlays }: { overlays: readonly string[] }) {
  const w = useWords(planWords);
  return (
    <>
      <Form.Item name="overlays" label={w("place")}>
        <Radio.Group
          options={[
            { value: "the_deal", label: w("the_deal") },
            { value: "overlay", label: w("overlay") },
          ]}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={["overlays"]}>
        {({ getFieldValue }) =>
          getFieldValue("overlays") === "overlay" && (
            <Form.Item
              name="overlay"
              label={w("overlay_name")}
              extra={w("overlay_hint")}
              rules={[needed(w)]}
            >
              <AutoComplete options={overlays.map((value) => ({ value }))}>
                <Input maxLength={100} />
              </AutoComplete>
            </Form.Item>
          )
        }
      </Form.Item>
    </>
  );
}
