/** What money clears, one open invoice a line, and what is left of it 逐张核销. */
import { Form, Input } from "antd";
import { useWords } from "@/lib/language";
import { fenOf, formatMoney, readAmount, sumOf } from "@/lib/money";
import { named, rest, type Matchable, type Typed } from "./credit";
import { creditWords } from "./creditWords";
import styles from "./MatchCredit.module.css";

/** Fields `amounts/<invoice>` of the form it stands in. */
export function MatchLines({ of }: { of: Matchable }) {
  return (
    <>
      <div className={styles.lines}>
        {of.invoices.map((one) => (
          <Line key={one.invoice_id} of={one} />
        ))}
      </div>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) => (
          <Sum of={of} typed={getFieldValue("amounts") as Typed | undefined} />
        )}
      </Form.Item>
    </>
  );
}

function Line({ of }: { of: Matchable["invoices"][number] }) {
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
function Sum({ of, typed }: { of: Matchable; typed: Typed | undefined }) {
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
