/** What an entry says is erased on lawful demand, once somebody else agrees 依法删除. */
import { Button, Form, Input } from "antd";
import { useState } from "react";
import { api, take, type Schema } from "@/api/client";
import { useCan } from "@/api/session";
import { useWords } from "@/lib/language";
import { FormDialog } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import styles from "./evidence.module.css";
import { evidenceWords } from "./words";

type Why = Schema<"Erasure">;

export function Erase({ index }: { index: number }) {
  const w = useWords(evidenceWords);
  const can = useCan();
  const [isOpen, setOpen] = useState(false);
  const [form] = Form.useForm<Why>();
  const act = useAct({
    run: (body: Why, headers) =>
      take(api.POST("/evidence/{index}/erasure", { params: { path: { index } }, headers, body })),
    refresh: [["evidence"]],
    form,
    inline: true,
    onDone: () => setOpen(false),
  });
  if (!can("evidence.erase")) return null;
  const rules = [{ required: true, whitespace: true, min: 2, message: w("erase_need") }];
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {w("erase")}
      </Button>
      {isOpen && (
        <FormDialog
          title={w("erase")}
          confirm={w("erase_ask")}
          danger
          form={form}
          busy={act.isPending}
          problem={act.error}
          onSubmit={act.mutate}
          onClose={() => setOpen(false)}
        >
          <p className={styles.note}>{w("erase_note")}</p>
          <Form.Item name="basis" label={w("erase_basis")} rules={rules}>
            <Input maxLength={200} placeholder={w("erase_basis_hint")} />
          </Form.Item>
          <Form.Item name="demand" label={w("erase_demand")} rules={rules}>
            <Input maxLength={200} placeholder={w("erase_demand_hint")} />
          </Form.Item>
        </FormDialog>
      )}
    </>
  );
}
