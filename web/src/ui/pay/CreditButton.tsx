/** Opens a dialog about what is left over of a receipt; nothing where nothing is 余款操作. */
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { useWords } from "@/lib/language";
import type { Money } from "@/lib/money";
import { creditWords } from "./creditWords";

type Props = {
  of: { number: string; credit: Money };
  verb: "match" | "refund";
  /** The dialog, with what closes it. */
  children: (close: () => void) => ReactNode;
};

export function CreditButton({ of, verb, children }: Props) {
  const w = useWords(creditWords);
  const [open, setOpen] = useState(false);
  if (!/[1-9]/.test(of.credit.amount)) return null;
  return (
    <>
      <Button
        type="link"
        size="small"
        aria-label={w(`${verb}_of`, { number: of.number })}
        onClick={() => setOpen(true)}
      >
        {w(verb)}
      </Button>
      {open && children(() => setOpen(false))}
    </>
  );
}
