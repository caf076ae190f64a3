/** The term of the labour contract, as it is on file 劳动合同期限. */
import { Button, DatePicker, Form } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useCan } from "@/api/session";
import { useWords } from "@/lib/language";
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

type Draft = { from: Dayjs; until?: Dayjs | null; reason: string };

function Term({ of, onClose }: { of: EmployeeView; onClose: () => void }) {
  const w = useWords(peopleWords);
  const [form] = Form.useForm<Draft>();
  const act = useAct({
    run: ({ from, until, reason }: Draft, headers) =>
      setContract(of.id, headers, {
        from: from.format("YYYY-MM-DD"),
        until: until?.format("YYYY-MM-DD"),
        reason,
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
        from: dayjs(of.contract_from ?? of.hired_on),
        until: of.contract_until ? dayjs(of.contract_until) : undefined,
      }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <Form.Item
        name="from"
        label={w("contract_from")}
        rules={[{ required: true, message: w("required") }]}
      >
        <DatePicker allowClear={false} />
      </Form.Item>
      <Form.Item name="until" label={w("contract_until")} extra={w("contract_hint")}>
        <DatePicker placeholder={w("contract_open")} />
      </Form.Item>
      <ReasonField />
    </FormDialog>
  );
}
