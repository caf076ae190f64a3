/** An order is entered 登记订单. */
import { useQuery } from "@tanstack/react-query";
import type { Dayjs } from "dayjs";
import { useWords } from "@/lib/language";
import { yuan } from "@/lib/money";
import { AmountField } from "@/ui/AmountField";
import { attachedQuery, enterOrder } from "./calls";
import { EnterDialog } from "./EnterDialog";
import { DayField, PaperField, type EnterProps } from "./enterFields";
import { enterWords } from "./enterWords";

type Draft = { number: string; contract_id?: string; amount: string; ordered_on: Dayjs };

export function EnterOrder(props: EnterProps) {
  const w = useWords(enterWords);
  const contracts = useQuery(attachedQuery(props.of.id, "contracts")).data;
  return (
    <EnterDialog<Draft>
      {...props}
      what="order"
      send={({ amount, ordered_on, ...typed }, headers) =>
        enterOrder(headers, {
          ...typed,
          customer_id: props.of.id,
          amount: yuan(amount),
          ordered_on: ordered_on.format("YYYY-MM-DD"),
        })
      }
    >
      <PaperField
        name="contract_id"
        label={w("of_contract")}
        papers={contracts}
        tell={({ number, title }) => `${number} · ${title}`}
      />
      <AmountField name="amount" label={w("amount")} required />
      <DayField name="ordered_on" label={w("ordered_on")} />
    </EnterDialog>
  );
}
