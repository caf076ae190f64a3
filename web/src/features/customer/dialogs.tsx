/** Forms that change a customer: particulars, handover 客户办理表单. */
import { Alert, Checkbox, Form, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { findColleagues } from "@/api/people";
import { useCan, useSession } from "@/api/session";
import { changedFields } from "@/lib/changed";
import { useWords } from "@/lib/language";
import { DayPicker } from "@/ui/DayPicker";
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
  accept_duplicate?: boolean;
};

export function EditCustomer({ of, onClose }: Props) {
  const w = useWords(customerWords);
  const [form] = Form.useForm<Particulars>();
  // As it was when the dialog opened: what others change meanwhile is not overwritten.
  const [before] = useState({ ...of, credit_code: of.credit_code ?? "" });
  const [nothing, setNothing] = useState(false);
  const act = useAct({
    run: (body: Partial<Particulars>, headers) =>
      changeCustomer(of.id, headers, { ...body, seen: before.version }),
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
      initial={before}
      onSubmit={(values) => {
        const { accept_duplicate, ...changed } = changedFields<Particulars>(before, values);
        const none = Object.keys(changed).length === 0;
        setNothing(none);
        if (!none) act.mutate({ ...changed, accept_duplicate });
      }}
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
      {act.error?.code === "customer.duplicate" && (
        <Form.Item name="accept_duplicate" valuePropName="checked">
          <Checkbox>{w("accept_duplicate_edit")}</Checkbox>
        </Form.Item>
      )}
      {nothing && <Alert type="info" showIcon title={w("unchanged")} />}
    </FormDialog>
  );
}

type Passing = { to_id: string; effective_on: Dayjs; reason: string };

export function HandOver({ of, onClose }: Props) {
  const w = useWords(customerWords);
  const can = useCan();
  const { today } = useSession();
  const [form] = Form.useForm<Passing>();
  // Whose it was when the dialog opened: it is taken from nobody else.
  const [from] = useState(of.owner?.id ?? "pool");
  const act = useAct({
    run: ({ effective_on, ...rest }: Passing, headers) =>
      handOver(of.id, headers, {
        ...rest,
        from,
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
        <DayPicker />
      </Form.Item>
      <ReasonField />
    </FormDialog>
  );
}
