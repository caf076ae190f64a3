/** A month is closed, with the reason where payees may still confirm 关账. */
import { Form, Input } from "antd";
import { useState } from "react";
import { useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { FormDialog } from "@/ui/FormDialog";
import { useAct } from "@/ui/useAct";
import { closeMonth, refresh, type CommissionMonth } from "./calls";
import { confirmWords } from "./confirmWords";
import { commissionWords } from "./words";

type Values = { reason?: string; uncorrected_reason?: string };

export function CloseForm({ of, onClose }: { of: CommissionMonth; onClose: () => void }) {
  const w = useWords(confirmWords);
  const all = useWords(commissionWords);
  const [form] = Form.useForm<Values>();
  const { month, confirm_by } = of;
  const { today } = useSession();
  // Before its last day is past, or while payees may still answer.
  const runs = month >= today.slice(0, 7) || Boolean(confirm_by && today <= confirm_by);
  const act = useAct({
    run: ({ reason, uncorrected_reason }: Values, once) =>
      closeMonth(
        month,
        {
          reason: reason?.trim() || undefined,
          uncorrected_reason: uncorrected_reason?.trim() || undefined,
        },
        once,
      ),
    done: all("closed_ok"),
    refresh,
    form,
    inline: true,
    onDone: onClose,
  });
  // Asked for once the server has said how many accepted objections are not put right.
  const [asked, setAsked] = useState(false);
  if (!asked && act.error?.code === "commission.objections_uncorrected") setAsked(true);
  return (
    <FormDialog
      title={w("close_title", { month })}
      confirm={all("close")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      onSubmit={(values) => act.mutate(values)}
      onClose={onClose}
    >
      <p>{all("close_means")}</p>
      {confirm_by && <p>{w("by", { day: confirm_by })}</p>}
      {runs && (
        <Form.Item name="reason" label={w("early")} extra={w("early_hint")}>
          <Input.TextArea rows={2} maxLength={200} showCount />
        </Form.Item>
      )}
      {asked && (
        <Form.Item
          name="uncorrected_reason"
          label={w("uncorrected")}
          extra={w("uncorrected_hint")}
        >
          <Input.TextArea rows={2} maxLength={200} showCount />
        </Form.Item>
      )}
    </FormDialog>
  );
}
