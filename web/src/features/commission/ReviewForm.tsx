/** Finance reviews a month and names the last day for payees to confirm 复核并定确认期限. */
import { Form } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useSession } from "@/api/session";
import { addDays } from "@/lib/day";
import { useWords } from "@/lib/language";
import { DayPicker } from "@/ui/DayPicker";
import { FormDialog } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { refresh, reviewMonth, type CommissionMonth } from "./calls";
import { confirmWords } from "./confirmWords";
import { commissionWords } from "./words";

type Values = { confirm_by: Dayjs };

/** The farthest a last day may lie ahead, in days. */
export const MOST_DAYS = 60;

export function ReviewForm({ of, onClose }: { of: CommissionMonth; onClose: () => void }) {
  const w = useWords(confirmWords);
  const all = useWords(commissionWords);
  const [form] = Form.useForm<Values>();
  const { month } = of;
  const { today } = useSession();
  const act = useAct({
    run: ({ confirm_by }: Values, once) =>
      reviewMonth(month, { confirm_by: confirm_by.format("YYYY-MM-DD") }, once),
    done: all("reviewed_ok"),
    refresh,
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w("review_title", { month })}
      confirm={all("review")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ confirm_by: dayjs(of.proposed_confirm_by ?? addDays(today, 7)) }}
      onSubmit={(values) => act.mutate(values)}
      onClose={onClose}
    >
      <p>{w("review_means")}</p>
      <Form.Item
        name="confirm_by"
        label={w("confirm_by")}
        extra={w("confirm_by_hint")}
        rules={[{ required: true, message: w("required") }]}
      >
        <DayPicker
          allowClear={false}
          minDate={dayjs(today)}
          maxDate={dayjs(addDays(today, MOST_DAYS))}
        />
      </Form.Item>
    </FormDialog>
  );
}
