/** Assigning many lines at once: by suggestion, by rule; moving the day 批量分配. */
import { Button, Checkbox, Form, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { findColleagues } from "@/api/people";
import { useWords } from "@/lib/language";
import { DayPicker } from "@/ui/DayPicker";
import { FormDialog } from "@/ui/FormDialog";
import { PersonSelect } from "@/ui/PersonSelect";
import type { PlanChange, PlanView } from "./calls";
import styles from "./handover.module.css";
import { kinds, useKindName } from "./kinds";
import { handoverWords } from "./words";

type Props = { of: PlanView; onChange: (change: PlanChange) => void };

export function RuleButtons({ of, onChange }: Props) {
  const w = useWords(handoverWords);
  const [open, setOpen] = useState<"rule" | "day">();
  const close = () => setOpen(undefined);
  const send = (change: PlanChange) => {
    onChange(change);
    close();
  };
  return (
    <div className={styles.rules}>
      <Button onClick={() => onChange({ change: "accept_suggestions" })}>{w("accept_all")}</Button>
      <Button onClick={() => setOpen("rule")}>{w("by_rule")}</Button>
      <Button onClick={() => setOpen("day")}>{w("move_day")}</Button>
      {open === "rule" && <RuleDialog onSend={send} onClose={close} />}
      {open === "day" && <DayDialog of={of} onSend={send} onClose={close} />}
    </div>
  );
}

type DialogProps = { onSend: (change: PlanChange) => void; onClose: () => void };

type Rule = {
  kinds?: string[];
  regions?: string[];
  industries?: string[];
  only_unassigned?: boolean;
  successor_id: string;
};

function RuleDialog({ onSend, onClose }: DialogProps) {
  const w = useWords(handoverWords);
  const nameOf = useKindName();
  const [form] = Form.useForm<Rule>();
  return (
    <FormDialog
      title={w("by_rule")}
      form={form}
      busy={false}
      problem={null}
      initial={{ only_unassigned: true }}
      onSubmit={(rule) =>
        onSend({
          change: "assign_by_rule",
          kinds: rule.kinds ?? [],
          regions: rule.regions ?? [],
          industries: rule.industries ?? [],
          only_unassigned: rule.only_unassigned ?? false,
          successor_id: rule.successor_id,
        })
      }
      onClose={onClose}
    >
      <Form.Item name="kinds" label={w("rule_kinds")}>
        <Select
          mode="multiple"
          options={kinds.map((value) => ({ value, label: nameOf(value) }))}
        />
      </Form.Item>
      <Form.Item name="regions" label={w("rule_regions")}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="industries" label={w("rule_industries")}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="only_unassigned" valuePropName="checked">
        <Checkbox>{w("only_unassigned")}</Checkbox>
      </Form.Item>
      <Form.Item
        name="successor_id"
        label={w("successor")}
        rules={[{ required: true, message: w("required") }]}
      >
        <PersonSelect search={findColleagues} />
      </Form.Item>
    </FormDialog>
  );
}

function DayDialog({ of, onSend, onClose }: DialogProps & { of: PlanView }) {
  const w = useWords(handoverWords);
  const [form] = Form.useForm<{ day: Dayjs }>();
  return (
    <FormDialog
      title={w("move_day")}
      form={form}
      busy={false}
      problem={null}
      initial={{ day: dayjs(of.effective_on) }}
      onSubmit={({ day }) =>
        onSend({ change: "move_effective", effective_on: day.format("YYYY-MM-DD") })
      }
      onClose={onClose}
    >
      <Form.Item
        name="day"
        label={w("effective_on")}
        rules={[{ required: true, message: w("required") }]}
      >
        <DayPicker allowClear={false} />
      </Form.Item>
    </FormDialog>
  );
}
