/** Which decision table says who is credited with deals 业绩认定用表. */
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { Link } from "react-router";
import { useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { DayPicker } from "@/ui/DayPicker";
import { FormDialog } from "@/ui/FormDialog";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { useAct } from "@/ui/useAct";
import { creditingQuery, refresh, setCrediting, tablesQuery } from "./calls";
import styles from "./commission.module.css";
import { dealWords } from "./dealWords";

export function CreditingPanel() {
  const w = useWords(dealWords);
  const query = useQuery(creditingQuery);
  const [open, setOpen] = useState(false);
  return (
    <Panel
      title={w("crediting")}
      extra={
        <Button size="small" onClick={() => setOpen(true)}>
          {w("crediting_set")}
        </Button>
      }
    >
      <p className={styles.fine}>{w("crediting_note")}</p>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{w("crediting_none")}</p>
          ) : (
            <ul className={styles.months}>
              {items.map((one) => (
                <li key={one.effective_on}>
                  <span>{w("from_day", { day: one.effective_on })}</span>
                  {one.table_id ? (
                    <Link to={`/rules/${one.table_id}`}>{one.table}</Link>
                  ) : (
                    <span>{w("no_table")}</span>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {open && <CreditingForm onClose={() => setOpen(false)} />}
    </Panel>
  );
}

type Values = { table_id: string; effective_on: Dayjs };

function CreditingForm({ onClose }: { onClose: () => void }) {
  const w = useWords(dealWords);
  const { today } = useSession();
  const [form] = Form.useForm<Values>();
  const tables = useQuery(tablesQuery).data?.items ?? [];
  const act = useAct({
    run: ({ table_id, effective_on }: Values, once) =>
      setCrediting(
        { table_id: table_id || undefined, effective_on: effective_on.format("YYYY-MM-DD") },
        once,
      ),
    done: w("crediting_ok"),
    refresh,
    form,
    inline: true,
    onDone: onClose,
  });
  const options = tables
    .filter(({ state }) => state === "in_force" || state === "ahead")
    .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <FormDialog
      title={w("crediting")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ table_id: "", effective_on: dayjs(today).add(1, "month").startOf("month") }}
      onSubmit={(values) => act.mutate(values)}
      onClose={onClose}
    >
      <Form.Item name="table_id" label={w("table")}>
        <Select options={[{ value: "", label: w("no_table") }, ...options]} />
      </Form.Item>
      <Form.Item
        name="effective_on"
        label={w("effective_on")}
        rules={[{ required: true, message: w("required") }]}
      >
        <DayPicker allowClear={false} />
      </Form.Item>
    </FormDialog>
  );
}
