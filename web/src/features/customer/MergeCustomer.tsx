/** A duplicate is merged into the customer that stays 合并客户. */
import { Form } from "antd";
import { useNavigate } from "react-router";
import { useWords } from "@/lib/language";
import { FormDialog, ReasonField } from "@/ui/FormDialog";
import { PersonSelect } from "@/ui/PersonSelect";
import { useAct } from "@/ui/useAct";
import { listCustomers, mergeCustomer, type CustomerView } from "./calls";
import styles from "./customer.module.css";
import { customerWords } from "./words";

type Values = { into_id: string; reason: string };

export function MergeCustomer({ of, onClose }: { of: CustomerView; onClose: () => void }) {
  const w = useWords(customerWords);
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const act = useAct({
    run: (body: Values, headers) => mergeCustomer(of.id, headers, body),
    done: w("merge_done"),
    refresh: [["customers"], ["invoices"], ["tasks"]],
    form,
    inline: true,
    onDone: ({ id }) => {
      onClose();
      if (id) void navigate(`/customers/${id}`);
    },
  });
  async function search(q: string) {
    const { items } = await listCustomers({ limit: 20, filters: { q } });
    return items
      .filter(({ id }) => id !== of.id)
      .map(({ owner, ...rest }) => ({ ...rest, department: owner?.name ?? w("pool") }));
  }
  return (
    <FormDialog
      title={w("merge_of", { name: of.name, number: of.number })}
      confirm={w("merge")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <p className={styles.fine}>{w("merge_means")}</p>
      <Form.Item
        name="into_id"
        label={w("merge_into")}
        rules={[{ required: true, message: w("required") }]}
      >
        <PersonSelect search={search} hint={w("search_hint")} />
      </Form.Item>
      <ReasonField />
    </FormDialog>
  );
}
