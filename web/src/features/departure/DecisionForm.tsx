/** One of the four decisions about open commission 四种处理. */
import { Alert, Form, Input, InputNumber, Radio, Select } from "antd";
import type { Schema } from "@/api/client";
import { useWords } from "@/lib/language";
import { bpsOf } from "@/lib/percent";
import { DayPicker } from "@/ui/DayPicker";
import { FormDialog } from "@/ui/FormDialog";
import { Money } from "@/ui/Money";
import { useAct } from "@/ui/useAct";
import { exitVerbs, type ExitItem } from "./calls";
import styles from "./commission.module.css";
import {
  begin,
  byNoPlan,
  leavesNothing,
  leavesPart,
  planToSign,
  reasonsOf,
  waysOf,
  type Values,
  type Way,
} from "./deciding";
import { exitWords } from "./exitWords";

/** The description of the API knows no shape for it; the server reads it strictly. */
function decisionOf(values: Values, plan: string | undefined): unknown {
  switch (values.way) {
    case "pay_in_full":
      // The one without anything to say is a word by itself.
      return "pay_in_full";
    case "pay_share":
      return { pay_share: { share: bpsOf(values.share ?? 0), agreement: values.agreement } };
    case "on_collection":
      return {
        on_collection: {
          until: values.until?.format("YYYY-MM-DD"),
          statement_months: values.months,
          ...(plan && { consent: { plan, paper: values.paper } }),
        },
      };
    case "nothing":
      return { nothing: { reason: values.reason, proof: values.proof } };
    case undefined:
      // The form asks for it before it is sent.
      return null;
  }
}

type Props = {
  departure: string;
  deals: readonly string[];
  items: readonly ExitItem[];
  onClose: () => void;
};

export function DecisionForm({ departure, deals, items, onClose }: Props) {
  const w = useWords(exitWords);
  const [form] = Form.useForm<Values>();
  const about = items.filter(({ deal_id }) => deals.includes(deal_id));
  const { initial, differ } = begin(about);
  const way = Form.useWatch("way", form) ?? initial.way;
  const objected = about.some(({ lacks }) => lacks === "answer");
  const decide = useAct({
    run: (values: Values, once) =>
      exitVerbs.decide(departure, once, {
        deal_ids: [...deals],
        decision: decisionOf(values, planToSign(about)) as Schema<"ExitDecision">["decision"],
        reply: values.reply ?? "",
      }),
    done: w("decided_ok"),
    refresh: [["departures"], ["commission"]],
    onDone: onClose,
    inline: true,
  });
  return (
    <FormDialog
      title={w("decide_title", { count: deals.length })}
      confirm={w("decide_one")}
      form={form}
      busy={decide.isPending}
      problem={decide.error}
      initial={initial}
      onSubmit={(values) => decide.mutate(values)}
      onClose={onClose}
    >
      <About of={about} />
      {about.some(leavesNothing) && (
        <Alert type="warning" showIcon title={w("passed_on_means")} className={styles.differ} />
      )}
      {about.some(leavesPart) && (
        <Alert type="warning" showIcon title={w("left_part_means")} className={styles.differ} />
      )}
      {about.some(byNoPlan) && (
        <Alert type="warning" showIcon title={w("by_no_plan_means")} className={styles.differ} />
      )}
      {differ && <Alert type="info" showIcon title={w("differ")} className={styles.differ} />}
      <Form.Item
        name="way"
        label={w("way")}
        rules={[{ required: true, message: w("choose_way") }]}
      >
        <Radio.Group
          className={styles.ways}
          options={waysOf(about).map((value) => ({ value, label: w(value) }))}
        />
      </Form.Item>
      {way && <p className={styles.fine}>{w(`${way}_means`)}</p>}
      {way && <Fields way={way} about={about} />}
      <Form.Item name="reply" label={w(objected ? "reply" : "note_only")}>
        <Input.TextArea rows={2} maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}

/** How many are named one by one. */
const SHOWN = 5;

/** What is decided: the contracts with what of each is earned and what is still to come. */
function About({ of }: { of: readonly ExitItem[] }) {
  const w = useWords(exitWords);
  return (
    <ul className={styles.about}>
      {of.slice(0, SHOWN).map((item) => (
        <li key={item.deal_id}>
          <strong>{w("about", item)}</strong>
          <span className={styles.fine}>
            {w("owed")} <Money of={item.owed} /> · {w("to_come")} <Money of={item.to_come} />
          </span>
        </li>
      ))}
      {of.length > SHOWN && (
        <li className={styles.fine}>{w("about_more", { count: of.length })}</li>
      )}
    </ul>
  );
}

function Fields({ way, about }: { way: Way; about: readonly ExitItem[] }) {
  const w = useWords(exitWords);
  const needed = [{ required: true, message: w("required") }];
  if (way === "pay_share") {
    return (
      <>
        <Form.Item name="share" label={w("share")} rules={needed}>
          <InputNumber min={0} max={100} precision={2} />
        </Form.Item>
        <Form.Item name="agreement" label={w("agreement")} rules={needed}>
          <Input maxLength={200} />
        </Form.Item>
      </>
    );
  }
  if (way === "on_collection") {
    return (
      <>
        <Form.Item name="until" label={w("until")} rules={needed}>
          <DayPicker />
        </Form.Item>
        <Form.Item name="months" label={w("months")} rules={needed}>
          <InputNumber min={1} max={12} precision={0} />
        </Form.Item>
        {planToSign(about) && (
          <Form.Item name="paper" label={w("paper")} rules={needed}>
            <Input maxLength={200} />
          </Form.Item>
        )}
      </>
    );
  }
  if (way === "nothing") {
    return (
      <>
        <Form.Item name="reason" label={w("reason")} rules={needed}>
          <Select options={reasonsOf(about).map((value) => ({ value, label: w(value) }))} />
        </Form.Item>
        <Form.Item name="proof" label={w("proof")}>
          <Input maxLength={200} />
        </Form.Item>
      </>
    );
  }
  return null;
}
