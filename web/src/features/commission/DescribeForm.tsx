/** Which product a contract sells and what it leaves 产品与毛利. */
import { useQuery } from "@tanstack/react-query";
import { AutoComplete, Form, Input } from "antd";
import { useState } from "react";
import { useWords } from "@/lib/language";
import { readAmount } from "@/lib/money";
import { FormDialog } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { describeDeal, planWordsQuery, refresh, type Deal } from "./calls";
import { dealWords } from "./dealWords";

type Values = { product?: string; margin?: string };

export function DescribeForm({ of, onClose }: { of: Deal; onClose: () => void }) {
  const w = useWords(dealWords);
  const [form] = Form.useForm<Values>();
  // As it was when the dialog opened.
  const [seen] = useState(of.version);
  const products = useQuery(planWordsQuery).data?.products ?? [];
  const act = useAct({
    run: ({ product = "", margin = "" }: Values, once) => {
      const amount = readAmount(margin);
      const said = amount === null ? undefined : { amount, currency: of.amount.currency };
      return describeDeal(of.id, { product, margin: said, seen }, once);
    },
    done: w("described_ok"),
    refresh,
    form,
    inline: true,
    onDone: onClose,
  });
  const amount = {
    validator: (_: unknown, typed?: string) =>
      typed?.trim() && readAmount(typed) === null
        ? Promise.reject(new Error(w("wrong_amount")))
        : Promise.resolve(),
  };
  return (
    <FormDialog
      title={w("describe_of", { number: of.number })}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ product: of.product, margin: of.margin?.amount }}
      onSubmit={(values) => act.mutate(values)}
      onClose={onClose}
    >
      <Form.Item name="product" label={w("product")}>
        <AutoComplete options={products.map((value) => ({ value }))}>
          <Input maxLength={100} />
        </AutoComplete>
      </Form.Item>
      <Form.Item name="margin" label={w("margin")} extra={w("margin_hint")} rules={[amount]}>
        <Input inputMode="decimal" />
      </Form.Item>
    </FormDialog>
  );
}
