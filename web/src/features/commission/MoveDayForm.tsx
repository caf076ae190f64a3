/** Payees get more time to confirm 推后确认期限. */
import { Form } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useSession } from "@/api/session";
import { addDays } from "@/lib/day";
import { useWords } from "@/lib/language";
import { DayPicker } from "@/ui/DayPicker";
import { FormDialog, ReasonField } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { moveConfirmDay, refresh } from "./calls";
import { confirmWords } from "./confirmWords";
import { MOST_DAYS } from "./ReviewForm";

type Values = { confirm_by: Dayjs; reason: string };

type Props = {
  month: string;
  /** The day that counts now, when one was named. */
  now: string | undefined;
  onClose: () => void;
};

export function MoveDayForm({ month, now, onClose }: Props) {
  const w = useWords(confirmWords);
  const [form] = Form.useForm<Values>();
  const { today } = useSession();
  const act = useAct({
    run: ({ confirm_by, reason }: Values, once) =>
      moveConfirmDay(
        month,
        { confirm_by: confirm_by.format("YYYY-MM-DD"), reason: reason.trim() },
        once,
      ),
    done: w("move_ok"),
    refresh,
    form,
    inline: true,
    onDone: onClose,
  });
  const first = now && now >= today ? addDays(now, 1) : today;
  return (
    <FormDialog
      title={w("move_title", { month })}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ confirm_by: dayjs(first) }}
      onSubmit={(values) => act.mutate(values)}
      onClose={onClose}
    >
      <p>{w("move_means")}</p>
      <Form.Item
        name="confirm_by"
        label={w("confirm_by")}
        rules={[{ required: true, message: w("required") }]}
      >
        <DayPicker
          allowClear={false}
          minDate={dayjs(first)}
          maxDate={dayjs(addDays(today, MOST_DAYS))}
        />
      </Form.Item>
      <ReasonField />
    </FormDialog>
  );
}
