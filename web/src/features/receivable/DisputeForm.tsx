/** The customer disputes an invoice, or does no longer 登记与解除争议. */
import { Form } from "antd";
import { useWords } from "@/lib/language";
import { FormDialog, ReasonField } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { dispute, refresh, type Invoice } from "./calls";
import { receivableWords } from "./words";

type Values = { reason: string };

export function DisputeForm({ of, onClose }: { of: Invoice; onClose: () => void }) {
  const w = useWords(receivableWords);
  const [form] = Form.useForm<Values>();
  const ends = of.disputed;
  const act = useAct({
    run: ({ reason }: Values, once) =>
      dispute(of.id, { disputed: !ends, reason: reason.trim() }, once),
    done: w(ends ? "settled_ok" : "disputed_ok"),
    refresh,
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w(ends ? "settle_of" : "dispute_of", { number: of.number })}
      confirm={w(ends ? "settle" : "dispute")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <p>{w(ends ? "settle_means" : "dispute_means")}</p>
      <ReasonField />
    </FormDialog>
  );
}
