/** What is left over of a receipt is matched to open invoices 核销余款. */
import { useQuery } from "@tanstack/react-query";
import { Alert, Form, Modal } from "antd";
import { useState } from "react";
import { matchCredit, matched, offerQuery, type MatchOffer } from "@/api/credit";
import { useWords } from "@/lib/language";
import { formatMoney } from "@/lib/money";
import { FormDialog } from "../FormDialog";
import { Loaded } from "../Loaded";
import { useAct } from "../useAct";
import { CreditButton } from "./CreditButton";
import { creditWords } from "./creditWords";
import { atInvoices, named, type Typed } from "./credit";
import styles from "./MatchCredit.module.css";
import { MatchLines } from "./MatchLines";

type Credit = { id: string; number: string; credit: { amount: string; currency: string } };

/** The button, where something is left of a receipt. */
export function MatchButton({ of }: { of: Credit }) {
  return (
    <CreditButton of={of} verb="match">
      {(close) => <MatchDialog receipt={of.id} onClose={close} />}
    </CreditButton>
  );
}

/** Tells beside an open invoice that money of the customer waits; nothing happens by itself. */
export function WaitingCredits({ of }: { of: readonly Credit[] }) {
  const w = useWords(creditWords);
  if (of.length === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      className={styles.notice}
      title={w("waiting")}
      description={
        <ul className={styles.waiting}>
          {of.map((one) => (
            <li key={one.id}>
              {w("one", { number: one.number, money: formatMoney(one.credit) })}
              <MatchButton of={one} />
            </li>
          ))}
        </ul>
      }
    />
  );
}

function MatchDialog({ receipt, onClose }: { receipt: string; onClose: () => void }) {
  const w = useWords(creditWords);
  const query = useQuery(offerQuery(receipt));
  if (query.data) return <Filled of={query.data} onClose={onClose} />;
  return (
    <Modal open title={w("match")} footer={null} onCancel={onClose}>
      <Loaded query={query}>{() => null}</Loaded>
    </Modal>
  );
}

type Values = { amounts: Typed };

function Filled({ of, onClose }: { of: MatchOffer; onClose: () => void }) {
  const w = useWords(creditWords);
  const [form] = Form.useForm<Values>();
  const [nothing, setNothing] = useState(false);
  const act = useAct({
    run: ({ amounts }: Values, once) => {
      const clearings = named(of, amounts);
      return atInvoices(clearings, matchCredit(of.id, { clearings }, once));
    },
    done: w("done"),
    refresh: matched,
    form,
    inline: true,
    onDone: onClose,
  });
  const none = !/[1-9]/.test(of.credit.amount) || of.invoices.length === 0;
  const title = w("match_of", { number: of.number });
  if (none) {
    const why = of.invoices.length === 0 ? w("nothing_open") : w("nothing_left");
    return (
      <Modal open title={title} footer={null} onCancel={onClose}>
        <p>{why}</p>
      </Modal>
    );
  }
  const filled = of.invoices.filter(({ takes }) => /[1-9]/.test(takes.amount));
  return (
    <FormDialog
      title={title}
      confirm={w("match")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{
        amounts: Object.fromEntries(filled.map((one) => [one.invoice_id, one.takes.amount])),
      }}
      onSubmit={(values) => {
        const some = named(of, values.amounts).length > 0;
        setNothing(!some);
        if (some) act.mutate(values);
      }}
      onClose={onClose}
    >
      <p>
        {w("left", {
          number: of.number,
          customer: of.customer,
          money: formatMoney(of.credit),
        })}
      </p>
      <p className={styles.fine}>{w("note")}</p>
      <MatchLines of={of} />
      {nothing && <Alert type="warning" showIcon title={w("nothing_named")} />}
    </FormDialog>
  );
}
