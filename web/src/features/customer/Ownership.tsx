/** Who owned the customer when, and who works on it beside the owner 归属与协作人. */
import { Button, Form } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { Link } from "react-router";
import type { Schema } from "@/api/client";
import { findColleagues } from "@/api/people";
import { useCan } from "@/api/session";
import { useWords } from "@/lib/language";
import { DayPicker } from "@/ui/DayPicker";
import { DayText } from "@/ui/DayText";
import { FormDialog, ReasonField } from "@/ui/FormDialog";
import { OwnershipTimeline } from "@/ui/OwnershipTimeline";
import { PersonSelect } from "@/ui/PersonSelect";
import { ReasonDialog } from "@/ui/ReasonDialog";
import { useAct } from "@/ui/useAct";
import { changeSeat, type AssignmentItem, type CustomerView, type SeatItem } from "./calls";
import styles from "./customer.module.css";
import { customerWords } from "./words";

const reasons = [
  "created",
  "imported",
  "allotted",
  "claimed",
  "reassigned",
  "handed_over",
  "released",
  "recycled",
  "corrected",
] as const;

export function Ownership({ of }: { of: CustomerView }) {
  const w = useWords(customerWords);
  const because = ({ reason, reason_zh }: AssignmentItem) => {
    const known = reasons.find((one) => one === reason);
    return known ? w(`because_${known}`) : reason_zh;
  };
  // An interval corrected on its own day never counted; the history tab still tells of it.
  const counted = of.assignments.filter(({ superseded }) => !superseded);
  return (
    <>
      <OwnershipTimeline
        of={counted.map((one) => ({
          from: one.from,
          until: one.until ?? null,
          owner: one.owner ?? null,
          reason: because(one),
          extra: <PlanLink of={one} />,
        }))}
      />
      <Seats of={of} />
    </>
  );
}

function PlanLink({ of }: { of: AssignmentItem }) {
  const w = useWords(customerWords);
  return of.plan_id && <Link to={`/plans/${of.plan_id}`}>{w("to_plan")}</Link>;
}

type SeatChange = Schema<"SeatChange">;

function useSeats(id: string, onDone?: () => void) {
  const w = useWords(customerWords);
  return useAct({
    run: (body: SeatChange, headers) => changeSeat(id, headers, body),
    done: w("seat_saved"),
    refresh: [["customers", id]],
    inline: true,
    onDone,
  });
}

function Seats({ of }: { of: CustomerView }) {
  const w = useWords(customerWords);
  const can = useCan();
  const [adding, setAdding] = useState(false);
  const [closing, setClosing] = useState<SeatItem>();
  const act = useSeats(of.id);
  const mayChange = can("customer.hand_over") && of.state !== "merged";
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2>{w("seats")}</h2>
        {mayChange && <Button onClick={() => setAdding(true)}>{w("add_seat")}</Button>}
      </div>
      {of.seats.length === 0 && <p className={styles.fine}>{w("no_seats")}</p>}
      <ul className={styles.plain}>
        {of.seats.map((seat) => (
          <li key={seat.employee.id}>
            <span>
              {seat.employee.name} {seat.employee.number}
            </span>
            <span className={styles.fine}>
              {w("seat_until")} {seat.until ? <DayText of={seat.until} /> : w("seat_forever")}
            </span>
            {mayChange && (
              <Button type="link" size="small" danger onClick={() => setClosing(seat)}>
                {w("close_seat")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {adding && <AddSeat id={of.id} onClose={() => setAdding(false)} />}
      <ReasonDialog
        open={closing !== undefined}
        title={w("close_seat_of", { name: closing?.employee.name ?? "" })}
        danger
        onConfirm={(reason) =>
          act.mutateAsync({ employee_id: closing?.employee.id ?? "", opens: false, reason })
        }
        onClose={() => setClosing(undefined)}
      />
    </section>
  );
}

type NewSeat = { employee_id: string; until?: Dayjs; reason: string };

function AddSeat({ id, onClose }: { id: string; onClose: () => void }) {
  const w = useWords(customerWords);
  const [form] = Form.useForm<NewSeat>();
  const act = useSeats(id, onClose);
  return (
    <FormDialog
      title={w("add_seat")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      onSubmit={({ until, ...rest }) =>
        act.mutate({ ...rest, opens: true, until: until?.format("YYYY-MM-DD") })
      }
      onClose={onClose}
    >
      <Form.Item
        name="employee_id"
        label={w("employee")}
        rules={[{ required: true, message: w("required") }]}
      >
        <PersonSelect search={findColleagues} />
      </Form.Item>
      <Form.Item name="until" label={w("seat_until")}>
        <DayPicker placeholder={w("seat_forever")} />
      </Form.Item>
      <ReasonField />
    </FormDialog>
  );
}
