/** The frame of the forms for papers and money 登记对话框. */
import { Form } from "antd";
import type { ReactNode } from "react";
import { useWords } from "@/lib/language";
import { FormDialog } from "@/ui/FormDialog";
import { useAct, type Once } from "@/ui/useAct";
import { entered } from "./calls";
import { ForCustomer, TextField, type EnterProps } from "./enterFields";
import { enterWords } from "./enterWords";

type Props<Draft> = EnterProps & {
  what: "contract" | "order" | "invoice" | "receipt";
  send: (draft: Draft, once: Once) => Promise<unknown>;
  initial?: Partial<Draft>;
  /** Whether the draft may be sent; always unless told. */
  fits?: (draft: Draft) => boolean;
  /** Its fields below the number, which each of them has. */
  children: ReactNode;
};

export function EnterDialog<Draft extends object>(props: Props<Draft>) {
  const { what, of, send, initial = {}, fits = () => true, onClose, children } = props;
  const w = useWords(enterWords);
  const [form] = Form.useForm<Draft>();
  const act = useAct({
    run: send,
    done: w(`entered_${what}`),
    refresh: entered,
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w(`enter_${what}`)}
      confirm={w("enter")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={initial}
      onSubmit={(draft) => {
        if (fits(draft)) act.mutate(draft);
      }}
      onClose={onClose}
    >
      <ForCustomer of={of} />
      <TextField name="number" label={w(`${what}_number`)} max={64} />
      {children}
    </FormDialog>
  );
}
