/** An invoice is entered; from then on somebody chases its money 登记发票. */
import { useQuery } from "@tanstack/react-query";
import { Form } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { findColleagues } from "@/api/people";
import { useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { formatMoney, yuan } from "@/lib/money";
import { AmountField } from "@/ui/AmountField";
import { PersonSelect } from "@/ui/PersonSelect";
import { attachedQuery, enterInvoice, type CustomerView } from "./calls";
import styles from "./customer.module.css";
import { EnterDialog } from "./EnterDialog";
import { DayField, PaperField, type EnterProps } from "./enterFields";
import { enterWords } from "./enterWords";

type Draft = {
  number: string;
  contract_id?: string;
  order_id?: string;
  amount: string;
  issued_on: Dayjs;
  due_on: Dayjs;
  responsible_id?: string;
};

export function EnterInvoice(props: EnterProps) {
  const w = useWords(enterWords);
  const { today } = useSession();
  return (
    <EnterDialog<Draft>
      {...props}
      what="invoice"
      initial={{ issued_on: dayjs(today) }}
      send={({ amount, issued_on, due_on, ...typed }, headers) =>
        enterInvoice(headers, {
          ...typed,
          customer_id: props.of.id,
          amount: yuan(amount),
          issued_on: issued_on.format("YYYY-MM-DD"),
          due_on: due_on.format("YYYY-MM-DD"),
        })
      }
    >
      <Papers of={props.of} />
      <AmountField name="amount" label={w("amount")} extra={w("with_tax")} required />
      <div className={styles.pair}>
        <DayField name="issued_on" label={w("issued_on")} past />
        <DayField name="due_on" label={w("due_on")} extra={w("due_hint")} />
      </div>
      <Form.Item
        name="responsible_id"
        label={w("responsible")}
        extra={w("responsible_hint")}
      >
        <PersonSelect search={findColleagues} clearable />
      </Form.Item>
    </EnterDialog>
  );
}

/** Its contract and its order; an order brings its contract along. */
function Papers({ of }: { of: CustomerView }) {
  const w = useWords(enterWords);
  const form = Form.useFormInstance<Draft>();
  const contracts = useQuery(attachedQuery(of.id, "contracts")).data;
  const orders = useQuery(attachedQuery(of.id, "orders")).data;
  return (
    <>
      <PaperField
        name="contract_id"
        label={w("of_contract")}
        papers={contracts}
        tell={({ number, title }) => `${number} · ${title}`}
      />
      <PaperField
        name="order_id"
        label={w("of_order")}
        papers={orders}
        tell={({ number, amount }) => `${number} · ${formatMoney(amount)}`}
        onChange={(id) => {
          const contract = orders?.find((order) => order.id === id)?.contract_id;
          if (contract) form.setFieldValue("contract_id", contract);
        }}
      />
    </>
  );
}
