/** Forms that change a customer: particulars, handover 客户办理表单. */
import { DatePicker, Form, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { findColleagues } from "@/api/people";
import { useCan, useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { FormDialog, ReasonField } from "@/ui/FormDialog";
import { PersonSelect } from "@/ui/PersonSelect";
import { useAct } from "@/ui/useAct";
import { ParticularsFields } from "./AddCustomer";
import { changeCustomer, handOver, type CustomerView } from "./calls";
import styles from "./customer.module.css";
import { customerWords } from "./words";

type Props = { of: CustomerView; onClose: () => void };

type Particulars = Pick<CustomerView, "name" | "region" | "industry" | "tier" | "address"> & {
  credit_code: string;
};

export function EditCustomer({ of, onClose }: Props) {
  const w = useWords(customerWords);
  const [form] = Form.useForm<Particulars>();
  const act = useAct({
    run: (body: Particulars, headers) => changeCustomer(of.id, headers, body),
    done: w("edited"),
    refresh: [["customers"]],
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w("edit")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ ...of, credit_code: of.credit_code ?? "" }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={w("name")}
        rules={[{ required: true, whitespace: true, message: w("required") }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="credit_code" label={w("credit_code")}>
        <Input maxLength={18} />
      </Form.Item>
      <ParticularsFields />
    </FormDialog>
  );
}

type Passing = { to_id: string; effective_on: Dayjs; reason: string };

export function HandOver({ of, onClose }: Props) {
  const w = useWords(customerWords);
  const can = useCan();
  const { today } = useSession();
  const [form] = Form.useForm<Passing>();
  const act = useAct({
    run: ({ effective_on, ...rest }: Passing, headers) =>
      handOver(of.id, headers, {
        ...rest,
        effective_on: effective_on.format("YYYY-MM-DD"),
      }),
    done: w("handed_over"),
    refresh: [["customers"], ["tasks"]],
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w("hand_over_to", { name: of.name })}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ effective_on: dayjs(today) }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <p className={styles.fine}>{w("hand_over_means")}</p>
      {!can("customer.hand_over") && <p className={styles.fine}>{w("hand_over_asks")}</p>}
      <Form.Item
        name="to_id"
        label={w("successor")}
        rules={[{ required: true, message: w("required") }]}
      >
        <PersonSelect search={(q) => findColleagues(q, true)} />
      </Form.Item>
      <Form.Item
        name="effective_on"
        label={w("effective_on")}
        rules={[{ required: true, message: w("required") }]}
      >
        <DatePicker />
      </Form.Item>
      <ReasonField />
    </FormDialog>
  );
}
