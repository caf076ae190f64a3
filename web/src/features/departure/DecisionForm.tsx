/** One of the four decisions about open commission 四种处理. */
import { Form, Input, InputNumber, Radio, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import type { Schema } from "@/api/client";
import { useWords } from "@/lib/language";
import { bpsOf } from "@/lib/percent";
import { DayPicker } from "@/ui/DayPicker";
import { FormDialog } from "@/ui/FormDialog";
import { Money } from "@/ui/Money";
import { useAct } from "@/ui/useAct";
import { exitVerbs, type ExitItem } from "./calls";
import styles from "./commission.module.css";
import { exitWords } from "./exitWords";

const ways = ["pay_in_full", "pay_share", "on_collection", "nothing"] as const;
type Way = (typeof ways)[number];
/** The last one is what some companies write; the server says why it is void. */
const reasons = ["contract_fell", "returned", "condition_not_met", "because_he_left"] as const;

type Values = {
  way: Way;
  share?: number;
  agreement?: string;
  until?: Dayjs;
  months?: number;
  reason?: (typeof reasons)[number];
  proof?: string;
  reply?: string;
};

/** The description of the API knows no shape for it; the server reads it strictly. */
function decisionOf(values: Values): unknown {
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
        },
      };
    case "nothing":
      return { nothing: { reason: values.reason, proof: values.proof } };
  }
}

type Props = {
  departure: string;
  deals: readonly string[];
  items: readonly ExitItem[];
  onClose: () => void;
};

/** What is suggested for the first of them is what the form begins with. */
function begin(items: readonly ExitItem[], deals: readonly string[]): Values {
  const first = items.find(({ deal_id }) => deal_id === deals[0]);
  const suggested: unknown = (first?.suggested ?? first?.decided)?.decision;
  const fresh: Values = { way: "pay_in_full", months: 3 };
  if (typeof suggested !== "object" || suggested === null) return fresh;
  if ("on_collection" in suggested) {
    const { until, statement_months } = suggested.on_collection as {
      until: string;
      statement_months: number;
    };
    return { ...fresh, way: "on_collection", until: dayjs(until), months: statement_months };
  }
  return fresh;
}

export function DecisionForm({ departure, deals, items, onClose }: Props) {
  const w = useWords(exitWords);
  const [form] = Form.useForm<Values>();
  const way = Form.useWatch("way", form) ?? begin(items, deals).way;
  const about = items.filter(({ deal_id }) => deals.includes(deal_id));
  const objected = about.some(({ lacks }) => lacks === "answer");
  const decide = useAct({
    run: (values: Values, once) =>
      exitVerbs.decide(departure, once, {
        deal_ids: [...deals],
        decision: decisionOf(values) as Schema<"ExitDecision">["decision"],
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
      initial={begin(items, deals)}
      onSubmit={(values) => decide.mutate(values)}
      onClose={onClose}
    >
      <About of={about} />
      <Form.Item name="way" label={w("way")}>
        <Radio.Group
          className={styles.ways}
          options={ways.map((value) => ({ value, label: w(value) }))}
        />
      </Form.Item>
      <p className={styles.fine}>{w(`${way}_means`)}</p>
      <Fields way={way} />
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

function Fields({ way }: { way: Way }) {
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
      </>
    );
  }
  if (way === "nothing") {
    return (
      <>
        <Form.Item name="reason" label={w("reason")} rules={needed}>
          <Select options={reasons.map((value) => ({ value, label: w(value) }))} />
        </Form.Item>
        <Form.Item name="proof" label={w("proof")}>
          <Input maxLength={200} />
        </Form.Item>
      </>
    );
  }
  return null;
}
