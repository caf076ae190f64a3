/** What is left over of a receipt is matched to open invoices 核销余款. */
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { matchCredit, matched, offerQuery, type MatchOffer } from "@/api/credit";
import { useWords } from "@/lib/language";
import { fenOf, formatMoney, readAmount, sumOf } from "@/lib/money";
import { FormDialog } from "../FormDialog";
import { Loaded } from "../Loaded";
import { useAct } from "../useAct";
import { creditWords } from "./creditWords";
import { named, rest } from "./credit";
import styles from "./MatchCredit.module.css";

type Credit = { id: string; number: string; credit: { amount: string; currency: string } };

/** The button, where something is left of a receipt. */
export function MatchButton({ of }: { of: Credit }) {
  const w = useWords(creditWords);
  const [open, setOpen] = useState(false);
  if (!/[1-9]/.test(of.credit.amount)) return null;
  return (
    <>
      <Button
        type="link"
        size="small"
        aria-label={w("match_of", { number: of.number })}
        onClick={() => setOpen(true)}
      >
        {w("match")}
      </Button>
      {open && <MatchDialog receipt={of.id} onClose={() => setOpen(false)} />}
    </>
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

type Values = { amounts: Record<string, string | undefined> };

function Filled({ of, onClose }: { of: MatchOffer; onClose: () => void }) {
  const w = useWords(creditWords);
  const [form] = Form.useForm<Values>();
  const [nothing, setNothing] = useState(false);
  const act = useAct({
    run: ({ amounts }: Values, once) =>
      matchCredit(of.id, { clearings: named(of, amounts) }, once),
    done: w("done"),
    refresh: matched,
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
      <div className={styles.lines}>
        {of.invoices.map((one) => (
          <Line key={one.invoice_id} of={one} />
        ))}
      </div>
      <Form.Item noStyle shouldUpdate>
        {() => <Sum of={of} typed={form.getFieldValue("amounts") as Values["amounts"]} />}
      </Form.Item>
      {nothing && <Alert type="warning" showIcon title={w("nothing_named")} />}
    </FormDialog>
  );
}

function Line({ of }: { of: MatchOffer["invoices"][number] }) {
  const w = useWords(creditWords);
  const fits = (_: unknown, typed?: string) => {
    if (!typed?.trim()) return Promise.resolve();
    const yuan = readAmount(typed);
    if (yuan === null || fenOf(yuan) < 0n) return Promise.reject(new Error(w("wrong_amount")));
    if (fenOf(yuan) <= fenOf(of.open.amount)) return Promise.resolve();
    return Promise.reject(new Error(w("at_most", { money: formatMoney(of.open) })));
  };
  return (
    <Form.Item
      name={["amounts", of.invoice_id]}
      label={w("line", { number: of.number, day: of.due_on, money: formatMoney(of.open) })}
      rules={[{ validator: fits }]}
    >
      <Input inputMode="decimal" allowClear />
    </Form.Item>
  );
}

/** What is matched with what is typed, and what is left then. */
function Sum({ of, typed }: { of: MatchOffer; typed: Values["amounts"] | undefined }) {
  const w = useWords(creditWords);
  const parts = named(of, typed ?? {}).map(({ amount }) => amount);
  const sum = formatMoney(sumOf(parts));
  const left = rest(of, parts);
  return (
    <p role="status">
      {left === null
        ? w("too_much", { sum, money: formatMoney(of.credit) })
        : w("sum", { sum, rest: formatMoney(left) })}
    </p>
  );
}
