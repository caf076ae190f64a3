/** An amount in yuan in a form 金额输入. */
import { Form, Input } from "antd";
import { useWords } from "@/lib/language";
import { fenOf, readAmount } from "@/lib/money";
import { uiWords } from "./words";

type Props = {
  name: string;
  label: string;
  required?: boolean;
  extra?: string;
  /** It may be nothing, or less: a margin of a deal at a loss. */
  anySign?: boolean;
};

/** Holds what was typed; `yuan` of lib/money makes money of it. */
export function AmountField({ name, label, required = false, extra, anySign = false }: Props) {
  const w = useWords(uiWords);
  const check = async (_: unknown, typed?: string) => {
    if (!typed?.trim()) {
      if (required) throw new Error(w("required"));
      return;
    }
    const plain = readAmount(typed);
    if (plain === null) throw new Error(w(anySign ? "no_amount" : "wrong_amount"));
    if (!anySign && fenOf(plain) <= 0n) throw new Error(w("wrong_amount"));
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
