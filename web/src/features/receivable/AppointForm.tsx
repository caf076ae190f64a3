/** Names who must chase the money of an invoice 指定回款责任人. */
import { Form } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { findColleagues } from "@/api/people";
import { useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { DayPicker } from "@/ui/DayPicker";
import { FormDialog } from "@/ui/FormDialog";
import { PersonSelect } from "@/ui/PersonSelect";
import { useAct } from "@/ui/useAct";
import { appoint, refresh, type Invoice } from "./calls";
import { receivableWords } from "./words";

type Values = { to_id: string; effective_on: Dayjs };

export function AppointForm({ of, onClose }: { of: Invoice; onClose: () => void }) {
  const w = useWords(receivableWords);
  const last = dayjs(useSession().today);
  const [form] = Form.useForm<Values>();
  const act = useAct({
    run: ({ to_id, effective_on }: Values, once) =>
      appoint(of.id, { to_id, effective_on: effective_on.format("YYYY-MM-DD") }, once),
    done: w("appointed_ok"),
    refresh,
    form,
    inline: true,
    onDone: onClose,
  });
  const required = [{ required: true, message: w("required") }];
  return (
    <FormDialog
      title={w("appoint_of", { number: of.number })}
      confirm={w("appoint")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ effective_on: last }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <p>{w("appoint_means", { name: of.responsible?.name ?? "—" })}</p>
      <Form.Item name="to_id" label={w("responsible")} rules={required}>
        <PersonSelect search={findColleagues} />
      </Form.Item>
      <Form.Item name="effective_on" label={w("effective_on")} rules={required}>
        <DayPicker allowClear={false} maxDate={last} />
      </Form.Item>
    </FormDialog>
  );
}
