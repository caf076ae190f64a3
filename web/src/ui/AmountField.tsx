/** An amount in yuan in a form 金额输入. */
import { Form, Input } from "antd";
import { useWords } from "@/lib/language";
import { fenOf, readAmount } from "@/lib/money";
import { uiWords } from "./words";

type Props = { name: string; label: string; required?: boolean; extra?: string };

/** Holds what was typed; `yuan` of lib/money makes money of it. */
export function AmountField({ name, label, required = false, extra }: Props) {
  const w = useWords(uiWords);
  const check = async (_: unknown, typed?: string) => {
    if (!typed?.trim()) {
      if (required) throw new Error(w("required"));
      return;
    }
    const plain = readAmount(typed);
    if (plain === null || fenOf(plain) <= 0n) throw new Error(w("wrong_amount"));
  };
  return (
    <Form.Item
      name={name}
      label={label}
      required={required}
      extra={extra}
      rules={[{ validator: check }]}
    >
      <Input inputMode="decimal" prefix="¥" />
    </Form.Item>
  );
}
