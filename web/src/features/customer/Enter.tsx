/** Opens the forms in which finance enters papers and money 登记按钮. */
import { Button } from "antd";
import { useState } from "react";
import { useCan } from "@/api/session";
import { useWords } from "@/lib/language";
import type { Attached, CustomerView } from "./calls";
import { EnterContract } from "./EnterContract";
import { EnterInvoice } from "./EnterInvoice";
import { EnterOrder } from "./EnterOrder";
import { EnterReceipt } from "./EnterReceipt";
import { enterWords } from "./enterWords";

const forms = {
  contracts: { label: "enter_contract", Form: EnterContract },
  orders: { label: "enter_order", Form: EnterOrder },
  invoices: { label: "enter_invoice", Form: EnterInvoice },
  receipts: { label: "enter_receipt", Form: EnterReceipt },
} as const;

export function Enter({ what, of }: { what: keyof Attached; of: CustomerView }) {
  const w = useWords(enterWords);
  const may = useCan()("receivable.write");
  const [open, setOpen] = useState(false);
  const { label, Form } = forms[what];
  if (!may || of.state === "merged") return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{w(label)}</Button>
      {open && <Form of={of} onClose={() => setOpen(false)} />}
    </>
  );
}
