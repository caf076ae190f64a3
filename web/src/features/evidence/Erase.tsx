/** What an entry says is erased on lawful demand, once somebody else agrees 依法删除. */
import { Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { api, take, type Schema } from "@/api/client";
import { useCan } from "@/api/session";
import { useWords } from "@/lib/language";
import { ProblemNote } from "@/ui/ProblemNote";
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
      <Modal
        open={isOpen}
        title={w("erase")}
        okText={w("erase_ask")}
        okButtonProps={{ danger: true, loading: act.isPending }}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p className={styles.note}>{w("erase_note")}</p>
        <Form<Why> form={form} layout="vertical" onFinish={(why) => act.mutate(why)}>
          <Form.Item name="basis" label={w("erase_basis")} rules={rules}>
            <Input maxLength={200} placeholder={w("erase_basis_hint")} />
          </Form.Item>
          <Form.Item name="demand" label={w("erase_demand")} rules={rules}>
            <Input maxLength={200} placeholder={w("erase_demand_hint")} />
          </Form.Item>
        </Form>
        <ProblemNote problem={act.error} />
      </Modal>
    </>
  );
}
