/** Terms of commission, for all customers of a plan or for some 修改提成条款. */
import { App, Button, Form, Input, InputNumber, Radio, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useQuery } from "@tanstack/react-query";
import { api, take } from "@/api/client";
import { useWords } from "@/lib/language";
import { DayPicker } from "@/ui/DayPicker";
import { FormDialog } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { filledOf, termsOf, ways, type Filled, type Way } from "./agreed";
import { listItems, steps, type PlanView } from "./calls";
import styles from "./handover.module.css";
import { PoolFields } from "./PoolFields";
import { filledPool, poolOf, type FilledPool } from "./teamPool";
import { termsWords } from "./termsWords";
import { TriedForecast } from "./TriedForecast";

type Values = Omit<Filled, "until"> & {
  until?: Dayjs | null;
  customer_ids?: string[];
  pooled?: boolean;
  pool?: FilledPool;
};

/** The team's part that was filled in so far. */
const poolIn = ({ pooled, pool }: Values) => (pooled ? poolOf(pool) : undefined);

/** What was filled in so far, as terms. */
const termsIn = (filled: Values) =>
  termsOf({ ...filled, until: filled.until ? filled.until.format("YYYY-MM-DD") : null });

/** Whether enough is filled in to try it out. */
function isWhole(values: Values | undefined, own: boolean): values is Values {
  if (!values?.way || (own && !values.customer_ids?.length)) return false;
  if (values.pooled && !poolOf(values.pool)) return false;
  return values.way !== "by_table" || Boolean(values.table);
}

type Props = { of: PlanView; own: boolean; onClose: () => void };

export function TermsForm({ of, own, onClose }: Props) {
  const w = useWords(termsWords);
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const general = of.terms.find(({ customer_id }) => !customer_id);
  const { until, ...begin } = filledOf(general?.terms);
  const members = (general?.pool?.members ?? []).flatMap(({ person }) => person ?? []);
  const values = Form.useWatch([], form);
  const act = useAct({
    run: (filled: Values, once) => {
      const { customer_ids = [] } = filled;
      const terms = termsIn(filled);
      const pool = poolIn(filled);
      const change = { change: "set_terms" as const, customer_ids, terms, pool };
      return steps.edit(of.id, once, { version: of.version, change });
    },
    done: w(of.state === "draft" ? "changed_draft" : "changed_ok"),
    refresh: [["plans"], ["tasks"]],
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w(own ? "own" : "change")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{
        ...begin,
        until: until ? dayjs(until) : null,
        pooled: Boolean(general?.pool),
        pool: filledPool(general?.pool) ?? { members: [{ share: 100 }] },
      }}
      onSubmit={(values) => {
        // Opened, looked at and sent: nobody has to answer again for that.
        if (own || form.isFieldsTouched()) return act.mutate(values);
        void message.info(w("no_change"));
        onClose();
      }}
      onClose={onClose}
    >
      {own && <Customers of={of} />}
      <Form.Item name="way" label={w("kind")}>
        <Select options={ways.map((value) => ({ value, label: w(value) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={["way"]}>
        {({ getFieldValue }) => <Particulars way={getFieldValue("way") as Way} />}
      </Form.Item>
      <PoolFields known={members} />
      <TriedForecast
        of={of}
        customers={values?.customer_ids ?? []}
        tried={
          isWhole(values, own) ? { terms: termsIn(values), pool: poolIn(values) } : undefined
        }
      />
    </FormDialog>
  );
}

function Customers({ of }: { of: PlanView }) {
  const w = useWords(termsWords);
  const query = useQuery({
    queryKey: ["plans", of.id, "items", "owned"],
    queryFn: () => listItems(of.id, { kind: "customer_ownership" }),
  });
  const options = query.data?.items.map(({ thing_id, label }) => ({ value: thing_id, label }));
  return (
    <Form.Item
      name="customer_ids"
      label={w("customers")}
      rules={[{ required: true, message: w("required") }]}
    >
      <Select
        mode="multiple"
        loading={query.isPending}
        options={options ?? []}
        showSearch={{ optionFilterProp: "label" }}
      />
    </Form.Item>
  );
}

function Share({ name, label }: { name: string | (string | number)[]; label: string }) {
  const w = useWords(termsWords);
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, message: w("required") }]}>
      <InputNumber min={0} max={100} precision={2} suffix="%" />
    </Form.Item>
  );
}

function Particulars({ way }: { way: Way }) {
  const w = useWords(termsWords);
  switch (way) {
    case "protection":
      return <Steps />;
    case "by_table":
      return <ByTable />;
    case "to_contract_end":
      return <Share name="share" label={w("gets")} />;
    case "share_of_work":
      return <Pieces />;
    case "negotiated":
      return (
        <>
          <Share name="share" label={w("gets")} />
          <Form.Item name="until" label={w("until")}>
            <DayPicker />
          </Form.Item>
          <Form.Item
            name="agreement"
            label={w("agreement")}
            rules={[{ required: true, whitespace: true, min: 2, message: w("required") }]}
          >
            <Input maxLength={200} />
          </Form.Item>
        </>
      );
    case "nothing_kept":
      return null;
  }
}

function Steps() {
  const w = useWords(termsWords);
  const required = [{ required: true, message: w("required") }];
  return (
    <>
      <Form.List name="steps">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }, at) => (
              <div key={key} className={styles.step}>
                <Form.Item name={[name, "before_day"]} label={w("within")} rules={required}>
                  <InputNumber min={1} max={3650} precision={0} suffix={w("days")} />
                </Form.Item>
                <Share name={[name, "share"]} label={w("gets")} />
                <Drop label={w("drop_step", { n: at + 1 })} onDrop={() => remove(name)} />
              </div>
            ))}
            <Form.Item>
              <Button size="small" onClick={() => add({})}>
                {w("add_step")}
              </Button>
            </Form.Item>
          </>
        )}
      </Form.List>
      <Share name="afterwards" label={w("afterwards")} />
      <Covers />
    </>
  );
}

function Covers() {
  const w = useWords(termsWords);
  return (
    <Form.Item name="covers" label={w("covers")}>
      <Radio.Group
        options={[
          { value: "signed_before", label: w("signed_before") },
          { value: "all", label: w("all_contracts") },
        ]}
      />
    </Form.Item>
  );
}

/** A decision table says the shares, for each customer by the version of the effective day. */
function ByTable() {
  const w = useWords(termsWords);
  const tables = useQuery({
    queryKey: ["rules", "tables"],
    queryFn: () => take(api.GET("/decision-tables")),
  });
  const options = tables.data?.items
    .filter(({ state }) => state === "in_force" || state === "ahead")
    .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <Form.Item
        name="table"
        label={w("table")}
        extra={w("table_hint")}
        rules={[{ required: true, message: w("required") }]}
      >
        <Select loading={tables.isPending} options={options ?? []} />
      </Form.Item>
      <Covers />
    </>
  );
}

function Pieces() {
  const w = useWords(termsWords);
  const required = [{ required: true, whitespace: true, message: w("required") }];
  return (
    <Form.List name="pieces">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }, at) => (
            <div key={key} className={styles.step}>
              <Form.Item name={[name, "name"]} label={w("piece")} rules={required}>
                <Input maxLength={50} />
              </Form.Item>
              <Share name={[name, "weight"]} label={w("weight")} />
              <Share name={[name, "done"]} label={w("done")} />
              <Drop label={w("drop_piece", { n: at + 1 })} onDrop={() => remove(name)} />
            </div>
          ))}
          <Form.Item>
            <Button size="small" onClick={() => add({})}>
              {w("add_piece")}
            </Button>
          </Form.Item>
        </>
      )}
    </Form.List>
  );
}

function Drop({ label, onDrop }: { label: string; onDrop: () => void }) {
  return (
    <Form.Item label=" " colon={false}>
      <Button type="text" aria-label={label} onClick={onDrop}>
        ×
      </Button>
    </Form.Item>
  );
}
