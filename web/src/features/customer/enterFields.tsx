/** Fields that the forms for papers and money share 登记表单的公用字段. */
import { Form, Input, Select } from "antd";
import dayjs from "dayjs";
import { useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { DayPicker } from "@/ui/DayPicker";
import type { CustomerView } from "./calls";
import styles from "./customer.module.css";
import { enterWords } from "./enterWords";

export type EnterProps = { of: CustomerView; onClose: () => void };

export function ForCustomer({ of: { name, number } }: { of: CustomerView }) {
  const w = useWords(enterWords);
  return <p className={styles.fine}>{w("customer", { name, number })}</p>;
}

type TextProps = { name: string; label: string; max: number; hint?: string };

export function TextField({ name, label, max, hint }: TextProps) {
  const w = useWords(enterWords);
  return (
    <Form.Item
      name={name}
      label={label}
      rules={[{ required: true, whitespace: true, message: w("required") }]}
    >
      <Input maxLength={max} placeholder={hint} />
    </Form.Item>
  );
}

type DayProps = {
  name: string;
  label: string;
  extra?: string;
  /** It may be left empty. */
  optional?: boolean;
  /** It tells what happened, so it cannot lie ahead. */
  past?: boolean;
};

export function DayField({ name, label, extra, optional = false, past = false }: DayProps) {
  const w = useWords(enterWords);
  const { today } = useSession();
  return (
    <Form.Item
      name={name}
      label={label}
      extra={extra}
      rules={optional ? [] : [{ required: true, message: w("required") }]}
    >
      <DayPicker className={styles.day} maxDate={past ? dayjs(today) : undefined} />
    </Form.Item>
  );
}

type Paper = { id: string; number: string };

type PaperProps<P extends Paper> = {
  name: string;
  label: string;
  papers: readonly P[] | undefined;
  tell: (paper: P) => string;
  onChange?: (id: string | undefined) => void;
};

/** One of the customer's contracts or orders, or none. */
export function PaperField<P extends Paper>(props: PaperProps<P>) {
  const { name, label, papers, tell, onChange } = props;
  const w = useWords(enterWords);
  return (
    <Form.Item name={name} label={label}>
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        loading={papers === undefined}
        placeholder={w("of_none")}
        onChange={onChange}
        options={papers?.map((paper) => ({ value: paper.id, label: tell(paper) }))}
      />
    </Form.Item>
  );
}
