/** A draft is put in force, a table is ended 发布与停用. */
import { Form, Input as TextField } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { DayPicker } from "@/ui/DayPicker";
import { FormDialog, ReasonField } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { publishTable, refresh, retireTable, type Draft, type TableView } from "./calls";
import { ruleWords } from "./words";

type PublishProps = { of: TableView; draft: Draft; onClose: () => void };

export function PublishForm({ of, draft, onClose }: PublishProps) {
  const w = useWords(ruleWords);
  type Values = { valid_from: Dayjs; note: string };
  const { today } = useSession();
  const [form] = Form.useForm<Values>();
  const act = useAct({
    run: ({ valid_from, note }: Values, once) => {
      const day = valid_from.format("YYYY-MM-DD");
      return publishTable(of.id, { revision: draft.revision, valid_from: day, note }, once);
    },
    done: w("published_ok"),
    refresh,
    form,
    inline: true,
    onDone: onClose,
  });
  const required = [{ required: true, message: w("required") }];
  return (
    <FormDialog
      title={w("publish_title", { name: of.name })}
      confirm={w("publish")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ valid_from: dayjs(today).add(1, "month").startOf("month") }}
      onSubmit={(values) => act.mutate(values)}
      onClose={onClose}
    >
      <Form.Item name="valid_from" label={w("valid_from")} rules={required}>
        <DayPicker allowClear={false} />
      </Form.Item>
      <Form.Item name="note" label={w("what_changed")} rules={required}>
        <TextField.TextArea rows={2} maxLength={200} showCount />
      </Form.Item>
    </FormDialog>
  );
}

export function RetireForm({ of, onClose }: { of: TableView; onClose: () => void }) {
  const w = useWords(ruleWords);
  type Values = { ends_on: Dayjs; reason: string };
  const { today } = useSession();
  const [form] = Form.useForm<Values>();
  const act = useAct({
    run: ({ ends_on, reason }: Values, once) =>
      retireTable(of.id, { ends_on: ends_on.format("YYYY-MM-DD"), reason }, once),
    done: w("retired_ok"),
    refresh,
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w("retire_title", { name: of.name })}
      confirm={w("retire")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ ends_on: dayjs(today).add(1, "month").startOf("month") }}
      onSubmit={(values) => act.mutate(values)}
      onClose={onClose}
    >
      <Form.Item
        name="ends_on"
        label={w("ends_on")}
        rules={[{ required: true, message: w("required") }]}
      >
        <DayPicker allowClear={false} />
      </Form.Item>
      <ReasonField />
    </FormDialog>
  );
}
