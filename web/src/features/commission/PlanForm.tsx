/** A new plan, or the next version of one, with an example that is worked out while typing 方案编辑. */
import { useQuery } from "@tanstack/react-query";
import { Button, DatePicker, Form, Input, InputNumber, Radio, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useWords } from "@/lib/language";
import { formatAmount, readAmount } from "@/lib/money";
import { FormDialog } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { beginPlan, publishVersion, refresh, tablesQuery, type CommissionPlan } from "./calls";
import styles from "./commission.module.css";
import { earns } from "./earns";
import { bandsOf, offerOf, tableOf, tiersOf, type Filled } from "./offers";
import { commissionWords } from "./words";

type Values = Filled & { name: string; adds_up: string; valid_from: Dayjs };

/** What the form begins with: the newest version of the plan, or a plain 3 %. */
function beginning(plan: CommissionPlan | undefined): Partial<Values> {
  const newest = plan?.versions[0];
  const table = newest && tableOf(newest.offer);
  const bands = newest && bandsOf(newest.offer);
  const tiers = bands?.map(({ from, rate }) => ({ from: from.amount, rate: rate / 100 }));
  return {
    adds_up: "month",
    method: table ? "table" : tiers && tiers.length > 1 ? "tiers" : "flat",
    table,
    rate: tiers?.[0]?.rate ?? 3,
    tiers: tiers ?? [{ from: "0", rate: 3 }, { from: "100000", rate: 5 }],
    due: 15,
    valid_from: dayjs().add(1, "month").startOf("month"),
  };
}

type Props = { plan?: CommissionPlan; onClose: () => void };

export function PlanForm({ plan, onClose }: Props) {
  const w = useWords(commissionWords);
  const [form] = Form.useForm<Values>();
  const act = useAct({
    run: (values: Values, once) => {
      const valid_from = values.valid_from.format("YYYY-MM-DD");
      const offer = offerOf(values, w("component"));
      if (plan) return publishVersion(plan.id, { valid_from, offer }, once);
      const { name, adds_up } = values;
      const body = { name, adds_up, change_inside: "next_window", valid_from, offer };
      return beginPlan(body, once);
    },
    done: w("published_ok"),
    refresh,
    form,
    inline: true,
    onDone: onClose,
  });
  const required = [{ required: true, message: w("required") }];
  return (
    <FormDialog
      title={plan ? `${plan.name} · ${w("new_version")}` : w("new_plan")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={beginning(plan)}
      onSubmit={(values) => act.mutate(values)}
      onClose={onClose}
    >
      {!plan && <Naming />}
      <Form.Item name="valid_from" label={w("valid_from")} rules={required}>
        <DatePicker allowClear={false} />
      </Form.Item>
      <Form.Item name="method" label={w("kind")}>
        <Radio.Group
          options={[
            { value: "flat", label: w("flat") },
            { value: "tiers", label: w("tiers") },
            { value: "table", label: w("by_table") },
          ]}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={["method"]}>
        {({ getFieldValue }) => <Rates by={getFieldValue("method") as Filled["method"]} />}
      </Form.Item>
      <Form.Item name="due" label={w("next_month_on")} rules={required}>
        <InputNumber min={1} max={28} precision={0} />
      </Form.Item>
      <Form.Item noStyle dependencies={["method", "rate", "tiers"]}>
        {({ getFieldsValue }) => {
          const filled = getFieldsValue();
          return filled.method === "table" ? null : <Example of={filled} />;
        }}
      </Form.Item>
    </FormDialog>
  );
}

/** The rates themselves, or the table that says them. */
function Rates({ by }: { by: Filled["method"] }) {
  const w = useWords(commissionWords);
  const required = [{ required: true, message: w("required") }];
  if (by === "tiers") return <Tiers />;
  if (by === "table") return <ByTable />;
  return (
    <Form.Item name="rate" label={w("rate")} rules={required}>
      <InputNumber min={0} max={100} step={0.1} precision={2} suffix="%" />
    </Form.Item>
  );
}

function ByTable() {
  const w = useWords(commissionWords);
  const tables = useQuery(tablesQuery).data?.items ?? [];
  const options = tables
    .filter(({ state }) => state === "in_force" || state === "ahead")
    .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Form.Item
      name="table"
      label={w("table")}
      extra={w("table_hint")}
      rules={[{ required: true, message: w("required") }]}
    >
      <Select options={options} />
    </Form.Item>
  );
}

function Naming() {
  const w = useWords(commissionWords);
  return (
    <>
      <Form.Item
        name="name"
        label={w("name")}
        rules={[{ required: true, message: w("required") }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="adds_up" label={w("adds_up")}>
        <Select
          options={[
            { value: "each", label: w("each") },
            { value: "month", label: w("month_word") },
            { value: "quarter", label: w("quarter") },
            { value: "year", label: w("year") },
          ]}
        />
      </Form.Item>
    </>
  );
}

function Tiers() {
  const w = useWords(commissionWords);
  const required = { required: true, message: w("required") };
  const amount = {
    validator: (_: unknown, typed: string) =>
      readAmount(typed) === null ? Promise.reject(new Error(w("wrong_amount"))) : Promise.resolve(),
  };
  return (
    <Form.List name="tiers">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }, at) => (
            <div key={key} className={styles.tier}>
              <Form.Item
                name={[name, "from"]}
                label={w("from_amount")}
                rules={at === 0 ? [] : [required, amount]}
              >
                <Input disabled={at === 0} inputMode="decimal" />
              </Form.Item>
              <Form.Item name={[name, "rate"]} label={w("rate")} rules={[required]}>
                <InputNumber min={0} max={100} step={0.1} precision={2} suffix="%" />
              </Form.Item>
              {at > 0 && (
                <Form.Item label=" " colon={false}>
                  <Button
                    type="text"
                    aria-label={w("drop_tier", { n: at + 1 })}
                    onClick={() => remove(name)}
                  >
                    ×
                  </Button>
                </Form.Item>
              )}
            </div>
          ))}
          <Form.Item>
            <Button size="small" onClick={() => add({})}>
              {w("add_tier")}
            </Button>
          </Form.Item>
        </>
      )}
    </Form.List>
  );
}

const EXAMPLES = ["50000.00", "200000.00", "1000000.00"];

function Example({ of }: { of: Filled }) {
  const w = useWords(commissionWords);
  const tiers = tiersOf(of);
  return (
    <div className={styles.example} aria-live="polite">
      <strong>{w("example")}</strong>
      <ul className={styles.plain}>
        {EXAMPLES.map((amount) => (
          <li key={amount}>
            {w("example_of", {
              amount: formatAmount(amount),
              pay: formatAmount(earns(amount, tiers)),
            })}
          </li>
        ))}
      </ul>
    </div>
  );
}
