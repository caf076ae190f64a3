/** Says what an alert came to 处理预警. */
import { Form, Input, Radio } from "antd";
import { api, take } from "@/api/client";
import { useWords } from "@/lib/language";
import { FormDialog } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import type { AlertView } from "./calls";
import { alertWords } from "./words";

type Ending = { conclusion: string; note: string };

const conclusions = ["confirmed", "explained", "mistaken"] as const;

export function ResolveDialog({ of, onClose }: { of: AlertView; onClose: () => void }) {
  const w = useWords(alertWords);
  const [form] = Form.useForm<Ending>();
  const act = useAct({
    run: (body: Ending, headers) =>
      take(
        api.POST("/alerts/{id}/resolve", { params: { path: { id: of.id } }, headers, body }),
      ),
    done: w("resolved_done"),
    refresh: [["alerts"]],
    inline: true,
    form,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w("resolve_title")}
      confirm={w("resolve")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      onSubmit={(body) => act.mutate(body)}
      onClose={onClose}
    >
      <Form.Item
        name="conclusion"
        label={w("conclusion")}
        rules={[{ required: true, message: w("conclusion_needed") }]}
      >
        <Radio.Group options={conclusions.map((key) => ({ value: key, label: w(key) }))} />
      </Form.Item>
      <Form.Item
        name="note"
        label={w("note_field")}
        rules={[{ required: true, whitespace: true, min: 2, max: 500, message: w("note_short") }]}
      >
        <Input.TextArea rows={4} maxLength={500} showCount />
      </Form.Item>
    </FormDialog>
  );
}
