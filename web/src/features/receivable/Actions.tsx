/** What whoever enters receivables can do with an invoice 发票办理. */
import { Button } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useWords } from "@/lib/language";
import { WithdrawButton } from "@/ui/pay/Withdraw";
import { AppointForm } from "./AppointForm";
import type { Invoice } from "./calls";
import { DisputeForm } from "./DisputeForm";
import { ReverseForm } from "./ReverseForm";
import { receivableWords } from "./words";

const forms = { dispute: DisputeForm, appoint: AppointForm, reverse: ReverseForm } as const;

export function Actions({ of }: { of: Invoice }) {
  const w = useWords(receivableWords);
  const navigate = useNavigate();
  const [open, setOpen] = useState<keyof typeof forms>();
  // All four are the same permission on the same invoice.
  if (!of.may_reverse) return null;
  const left =
    /[1-9]/.test(of.may_lose.amount) ||
    of.receipts.some(({ may_go_back }) => /[1-9]/.test(may_go_back.amount));
  const Form = open && forms[open];
  return (
    <>
      <Button onClick={() => setOpen("appoint")}>{w("appoint")}</Button>
      <Button onClick={() => setOpen("dispute")}>{w(of.disputed ? "settle" : "dispute")}</Button>
      <Button
        disabled={!left}
        title={left ? undefined : w("nothing_left")}
        onClick={() => setOpen("reverse")}
      >
        {w("record")}
      </Button>
      <WithdrawButton
        wide
        list="invoices"
        of={of}
        onDone={() => void navigate(`/customers/${of.customer_id}`, { replace: true })}
      />
      {Form && <Form of={of} onClose={() => setOpen(undefined)} />}
    </>
  );
}
