/** Who acts for a person, and when 代理人. */
import { Button, Form } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { findColleagues } from "@/api/people";
import { useCan, useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { DayPicker } from "@/ui/DayPicker";
import { EmptyState } from "@/ui/EmptyState";
import { FormDialog, ReasonField } from "@/ui/FormDialog";
import { PersonSelect } from "@/ui/PersonSelect";
import { useAct } from "@/ui/useAct";
import { addStandIn, endStandIn, type EmployeeView } from "./calls";
import styles from "./people.module.css";
import { peopleWords } from "./words";

export function StandIns({ of }: { of: EmployeeView }) {
  const w = useWords(peopleWords);
  const can = useCan();
  const { login } = useSession();
  const [adding, setAdding] = useState(false);
  const end = useAct({
    run: (id: string, headers) => endStandIn(id, headers),
    done: w("stand_in_ended"),
    refresh: [["employees", of.id]],
  });
  const may = can("people.write") || login.employee_id === of.id;
  const add = may && <Button onClick={() => setAdding(true)}>{w("add_stand_in")}</Button>;
  return (
    <>
      {of.stand_ins.length === 0 ? (
        <EmptyState title={w("no_stand_ins")} why={w("no_stand_ins_why")} next={add} />
      ) : (
        add
      )}
      <ul className={styles.rows}>
        {of.stand_ins.map((one) => (
          <li key={one.id}>
            <span className={styles.grow}>
              {one.absent.name} → {one.deputy.name} {one.deputy.number}
              <small>{one.reason}</small>
            </span>
            <span>
              {one.from} — {one.until ?? w("open_ended")}
            </span>
            {may && (
              <Button type="link" size="small" danger onClick={() => end.mutate(one.id)}>
                {w("end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {adding && <AddStandIn of={of} onClose={() => setAdding(false)} />}
    </>
  );
}

type Draft = { deputy_id: string; from: Dayjs; until?: Dayjs; reason: string };

function AddStandIn({ of, onClose }: { of: EmployeeView; onClose: () => void }) {
  const w = useWords(peopleWords);
  const { today } = useSession();
  const [form] = Form.useForm<Draft>();
  const add = useAct({
    run: ({ from, until, ...rest }: Draft, headers) =>
      addStandIn(of.id, headers, {
        ...rest,
        from: from.format("YYYY-MM-DD"),
        until: until?.format("YYYY-MM-DD"),
      }),
    done: w("stand_in_saved"),
    refresh: [["employees", of.id]],
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w("add_stand_in")}
      form={form}
      busy={add.isPending}
      problem={add.error}
      initial={{ from: dayjs(today) }}
      onSubmit={add.mutate}
      onClose={onClose}
    >
      <Form.Item
        name="deputy_id"
        label={w("deputy")}
        rules={[{ required: true, message: w("required") }]}
      >
        <PersonSelect search={findColleagues} />
      </Form.Item>
      <Form.Item name="from" label={w("from")} rules={[{ required: true, message: w("required") }]}>
        <DayPicker allowClear={false} />
      </Form.Item>
      <Form.Item name="until" label={w("until")}>
        <DayPicker placeholder={w("open_ended")} />
      </Form.Item>
      <ReasonField />
    </FormDialog>
  );
}
