/** The button that takes back what was entered by mistake, and asks why 撤回误录. */
import { Button, Form } from "antd";
import { useState } from "react";
import { matched } from "@/api/credit";
import { withdraw, type PaperList } from "@/api/withdraw";
import { useWords } from "@/lib/language";
import { FormDialog, ReasonField } from "../FormDialog";
import { useAct } from "../useAct";
import { withdrawWords } from "./withdrawWords";

type Props = {
  list: PaperList;
  of: { id: string; number: string };
  /** A button of a page instead of one in a row. */
  wide?: boolean;
  onDone?: () => void;
};

export function WithdrawButton(props: Props) {
  const w = useWords(withdrawWords);
  const [open, setOpen] = useState(false);
  const { list, of, wide } = props;
  return (
    <>
      <Button
        type={wide ? "default" : "link"}
        size={wide ? "middle" : "small"}
        aria-label={w(list, { number: of.number })}
        onClick={() => setOpen(true)}
      >
        {w("withdraw")}
      </Button>
      {open && <WithdrawDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

type Values = { reason: string };

function WithdrawDialog({ list, of, onDone, onClose }: Props & { onClose: () => void }) {
  const w = useWords(withdrawWords);
  const [form] = Form.useForm<Values>();
  const act = useAct({
    run: ({ reason }: Values, once) => withdraw(list, of.id, { reason: reason.trim() }, once),
    done: w("done"),
    refresh: matched,
    form,
    inline: true,
    onDone: () => {
      onClose();
      onDone?.();
    },
  });
  return (
    <FormDialog
      title={w(list, { number: of.number })}
      confirm={w("withdraw")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <p>
        {w(list === "reversals" || list === "refunds" ? `${list}_mean` : "means")}
        {list === "receipts" && w("receipts_too")}
      </p>
      <ReasonField />
    </FormDialog>
  );
}
