/** The term of the labour contract, as it is on file 劳动合同期限. */
import { Button, Form } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useCan } from "@/api/session";
import { useWords } from "@/lib/language";
import { DayPicker } from "@/ui/DayPicker";
import { FormDialog, ReasonField } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { setContract, type EmployeeView } from "./calls";
import { peopleWords } from "./words";

export function Contract({ of }: { of: EmployeeView }) {
  const w = useWords(peopleWords);
  const may = useCan()("people.write");
  const [open, setOpen] = useState(false);
  const { contract_from: from, contract_until: until } = of;
  const none = !from && !until;
  return (
    <>
      {none ? w("contract_none") : `${from ?? ""} — ${until ?? w("contract_open")}`}
      {may && (
        <Button type="link" size="small" onClick={() => setOpen(true)}>
          {w("contract_set")}
        </Button>
      )}
      {open && <Term of={of} onClose={() => setOpen(false)} />}
    </>
  );
}

type Draft = { begins_on: Dayjs; ends_on?: Dayjs | null; reason: string };

function Term({ of: now, onClose }: { of: EmployeeView; onClose: () => void }) {
  const w = useWords(peopleWords);
  // As it was when the dialog opened.
  const [of] = useState(now);
  const [form] = Form.useForm<Draft>();
  const act = useAct({
    run: (draft: Draft, headers) =>
      setContract(of.id, headers, {
        begins_on: draft.begins_on.format("YYYY-MM-DD"),
        ends_on: draft.ends_on?.format("YYYY-MM-DD"),
        reason: draft.reason,
        seen: of.version,
      }),
    done: w("contract_saved"),
    refresh: [["employees", of.id]],
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w("contract_title")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{
        begins_on: dayjs(of.contract_from ?? of.hired_on),
        ends_on: of.contract_until ? dayjs(of.contract_until) : undefined,
      }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <Form.Item
        name="begins_on"
        label={w("contract_from")}
        rules={[{ required: true, message: w("required") }]}
      >
        <DayPicker allowClear={false} />
      </Form.Item>
      <Form.Item name="ends_on" label={w("contract_until")} extra={w("contract_hint")}>
        <DayPicker placeholder={w("contract_open")} />
      </Form.Item>
      <ReasonField />
    </FormDialog>
  );
}
