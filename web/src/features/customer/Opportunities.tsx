/** What might be sold, and how far it has come 商机. */
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { useCan } from "@/api/session";
import { useWords } from "@/lib/language";
import { readAmount } from "@/lib/money";
import type { Say } from "@/lib/words";
import { DayText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import { FormDialog } from "@/ui/FormDialog";
import type { Column } from "@/ui/list/column";
import { Rows } from "@/ui/list/Rows";
import { Money } from "@/ui/Money";
import { useAct } from "@/ui/useAct";
import { addOpportunity, setStage, type CustomerView, type OpportunityItem } from "./calls";
import styles from "./customer.module.css";
import { customerWords } from "./words";

type W = Say<typeof customerWords>;

const open = ["lead", "qualified", "proposal", "negotiation"] as const;
const stages = [...open, "won", "lost"] as const;

function stageOf(stage: string, w: W): string {
  const known = stages.find((one) => one === stage);
  return known ? w(`stage_${known}`) : stage;
}

const columns = (w: W, mayWrite: boolean): Column<OpportunityItem>[] => [
  { key: "title", title: w("opportunity"), cell: ({ title }) => title, card: "title" },
  { key: "product", title: w("product"), cell: ({ product }) => product || "—" },
  {
    key: "stage",
    title: w("stage"),
    cell: (row) => (mayWrite ? <StageSelect of={row} /> : stageOf(row.stage, w)),
  },
  {
    key: "amount",
    title: w("amount"),
    cell: ({ amount }) => <Money of={amount} />,
    align: "right",
  },
  { key: "owner", title: w("owner"), cell: ({ owner }) => owner?.name ?? "—" },
  {
    key: "opened_on",
    title: w("opened_on"),
    cell: ({ opened_on }) => <DayText of={opened_on} />,
  },
];

export function Opportunities({ of }: { of: CustomerView }) {
  const w = useWords(customerWords);
  const can = useCan();
  const [adding, setAdding] = useState(false);
  const mayWrite = can("customer.write") && of.state !== "merged";
  const add = mayWrite && <Button onClick={() => setAdding(true)}>{w("add_opportunity")}</Button>;
  const none = (
    <EmptyState title={w("no_opportunities")} why={w("no_opportunities_why")} next={add} />
  );
  return (
    <>
      {of.opportunities.length > 0 && <div className={styles.toolbar}>{add}</div>}
      <Rows
        label={w("tab_opportunities")}
        columns={columns(w, mayWrite)}
        rows={of.opportunities}
        rowKey={({ id }) => id}
        empty={none}
      />
      {adding && <AddOpportunity id={of.id} onClose={() => setAdding(false)} />}
    </>
  );
}

function StageSelect({ of }: { of: OpportunityItem }) {
  const w = useWords(customerWords);
  const act = useAct({
    run: (stage: string, headers) => setStage(of.id, headers, stage, of.stage),
    done: w("stage_saved"),
    refresh: [["customers"]],
  });
  return (
    <Select
      aria-label={w("stage_of", { title: of.title })}
      value={of.stage}
      loading={act.isPending}
      disabled={act.isPending}
      onChange={(stage: string) => act.mutate(stage)}
      options={stages.map((value) => ({ value, label: w(`stage_${value}`) }))}
      className={styles.stage}
    />
  );
}

type Draft = { title: string; product?: string; stage: string; amount?: string };

function AddOpportunity({ id, onClose }: { id: string; onClose: () => void }) {
  const w = useWords(customerWords);
  const [form] = Form.useForm<Draft>();
  const act = useAct({
    run: ({ amount, ...rest }: Draft, headers) => {
      const plain = amount ? readAmount(amount) : null;
      const money = plain === null ? null : { amount: plain, currency: "CNY" };
      return addOpportunity(id, headers, { ...rest, amount: money });
    },
    done: w("opportunity_saved"),
    refresh: [["customers", id]],
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w("add_opportunity")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ stage: "lead" }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <Form.Item
        name="title"
        label={w("opportunity")}
        rules={[{ required: true, whitespace: true, message: w("required") }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="product" label={w("product")}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="stage" label={w("stage")}>
        <Select options={open.map((value) => ({ value, label: w(`stage_${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="amount"
        label={w("amount")}
        rules={[
          {
            validator: async (_, typed?: string) => {
              if (typed && readAmount(typed) === null) throw new Error(w("amount_wrong"));
            },
          },
        ]}
      >
        <Input inputMode="decimal" prefix="¥" />
      </Form.Item>
    </FormDialog>
  );
}
