/** What the offices do with a departure 离职办理. */
import { App, Button, Checkbox, Dropdown, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import type { Schema } from "@/api/client";
import { useCan, useSession } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { DayPicker } from "@/ui/DayPicker";
import { FormDialog, ReasonField } from "@/ui/FormDialog";
import { useAct, type Once } from "@/ui/useAct";
import { verbs, type DepartureView } from "./calls";
import styles from "./departure.module.css";
import { mayAcknowledge, mayServe } from "./process";
import { isWithdrawn, lacksOf } from "./stages";
import { departureWords } from "./words";

type Choice = "agree_early" | "dates" | "withdraw" | "check" | "serve";

export function Actions({ of }: { of: DepartureView }) {
  const w = useWords(departureWords);
  const can = useCan();
  const [open, setOpen] = useState<Choice>();
  if (!can("departure.run") || of.closed_at || isWithdrawn(of)) return null;
  const more = (["check", "agree_early", "dates", "withdraw"] as const).map((key) => ({
    key,
    label: w(key === "withdraw" && !of.declared ? "give_up" : key),
    danger: key === "withdraw",
  }));
  const Dialog = open && dialogs[open];
  return (
    <>
      {mayServe(of.tasks) && (
        <Button type="primary" onClick={() => setOpen("serve")}>
          {w("serve")}
        </Button>
      )}
      {mayAcknowledge(of.tasks) && <Sure of={of} verb="acknowledge" done="acknowledged" main />}
      <Dropdown
        trigger={["click"]}
        menu={{ items: more, onClick: ({ key }) => setOpen(key as Choice) }}
      >
        <Button>{w("more_acts")}</Button>
      </Dropdown>
      <Closing of={of} />
      {Dialog && <Dialog of={of} onClose={() => setOpen(undefined)} />}
    </>
  );
}

/** The button, and beside it what the closing still waits for. */
function Closing({ of }: { of: DepartureView }) {
  const w = useWords(departureWords);
  const zh = useLanguage() === "zh";
  const lacks = lacksOf(of, useSession().today);
  const ready = lacks.length === 0;
  const told = lacks.map((one) =>
    one.key === "gates"
      ? w("close_gates", { count: one.count })
      : w("close_day", { day: one.day }),
  );
  return (
    <>
      <Sure of={of} verb="close" done="closed" main={ready} disabled={!ready} />
      {!ready && <span className={styles.lacks}>{told.join(zh ? "；" : "; ")}</span>}
    </>
  );
}

type SureProps = {
  of: DepartureView;
  verb: "acknowledge" | "close";
  done: "acknowledged" | "closed";
  main: boolean;
  disabled?: boolean;
};

/** A step that binds is asked about once more before it is taken. */
function Sure({ of, verb, done, main, disabled = false }: SureProps) {
  const w = useWords(departureWords);
  const { modal } = App.useApp();
  const act = useDeparture(of, verb, w(done));
  const ask = () =>
    modal.confirm({
      title: w(`${verb}_title`),
      content: w(`${verb}_means`),
      okText: w(verb),
      cancelText: w("cancel"),
      onOk: () => act.mutateAsync(verb === "close" ? undefined : {}).catch(() => undefined),
    });
  return (
    <Button
      type={main ? "primary" : "default"}
      disabled={disabled}
      loading={act.isPending}
      onClick={() => void ask()}
    >
      {w(verb)}
    </Button>
  );
}

type Verbs = typeof verbs;
type Given<Verb extends keyof Verbs> = Parameters<Verbs[Verb]>[2];

function useDeparture<Verb extends keyof Verbs>(
  of: DepartureView,
  verb: Verb,
  done: string,
  onDone?: () => void,
) {
  const run = verbs[verb] as (
    id: string,
    headers: Once,
    body: Given<Verb>,
  ) => Promise<Schema<"Written">>;
  return useAct({
    run: (body: Given<Verb>, headers) => run(of.id, headers, body),
    done,
    refresh: [["departures"], ["tasks"], ["cases"]],
    inline: onDone !== undefined,
    onDone,
  });
}

type Props = { of: DepartureView; onClose: () => void };

const day = (picked: Dayjs) => picked.format("YYYY-MM-DD");

/** A dismissal counts from the day it reached the employee. */
function Serve({ of, onClose }: Props) {
  const w = useWords(departureWords);
  const { today } = useSession();
  const [form] = Form.useForm<{ on: Dayjs }>();
  const change = useDeparture(of, "acknowledge", w("served"), onClose);
  return (
    <FormDialog
      title={w("serve")}
      form={form}
      busy={change.isPending}
      problem={change.error}
      initial={{ on: dayjs(today) }}
      onSubmit={({ on }) => change.mutate({ on: day(on) })}
      onClose={onClose}
    >
      <p className={styles.fine}>{w("serve_means")}</p>
      <Form.Item name="on" label={w("served_on")} rules={[{ required: true }]}>
        <DayPicker allowClear={false} />
      </Form.Item>
    </FormDialog>
  );
}

function AgreeEarly({ of, onClose }: Props) {
  const w = useWords(departureWords);
  const [form] = Form.useForm<{ last_day: Dayjs; note: string }>();
  const change = useDeparture(of, "agree_early", w("agreed"), onClose);
  return (
    <FormDialog
      title={w("agree_early")}
      form={form}
      busy={change.isPending}
      problem={change.error}
      onSubmit={({ last_day, note }) => change.mutate({ last_day: day(last_day), note })}
      onClose={onClose}
    >
      <Form.Item
        name="last_day"
        label={w("agreed_on")}
        rules={[{ required: true, message: w("required") }]}
      >
        <DayPicker />
      </Form.Item>
      <Form.Item
        name="note"
        label={w("note")}
        rules={[{ required: true, min: 2, whitespace: true, message: w("required") }]}
      >
        <Input.TextArea rows={2} maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}

const clocks = ["employment_ends_on", "last_working_day", "commission_cutoff_on"] as const;
const clockWords = {
  employment_ends_on: "employment_ends",
  last_working_day: "last_day",
  commission_cutoff_on: "cutoff",
} as const;

type NewDates = Record<(typeof clocks)[number], Dayjs> & { reason: string };

function SetDates({ of, onClose }: Props) {
  const w = useWords(departureWords);
  const [form] = Form.useForm<NewDates>();
  const change = useDeparture(of, "dates", w("dates_set"), onClose);
  const initial = Object.fromEntries(
    clocks.map((key) => [key, dayjs(of.dates.clocks[key])]),
  ) as Partial<NewDates>;
  return (
    <FormDialog
      title={w("dates")}
      form={form}
      busy={change.isPending}
      problem={change.error}
      initial={initial}
      onSubmit={({ reason, ...days }) =>
        change.mutate({
          clocks: {
            employment_ends_on: day(days.employment_ends_on),
            last_working_day: day(days.last_working_day),
            commission_cutoff_on: day(days.commission_cutoff_on),
          },
          reason,
        })
      }
      onClose={onClose}
    >
      {clocks.map((key) => (
        <Form.Item
          key={key}
          name={key}
          label={w(clockWords[key])}
          rules={[{ required: true, message: w("required") }]}
        >
          <DayPicker allowClear={false} />
        </Form.Item>
      ))}
      <ReasonField />
    </FormDialog>
  );
}

type Agreement = Schema<"Withdrawal">;

function Withdraw({ of, onClose }: Props) {
  const w = useWords(departureWords);
  const [form] = Form.useForm<Agreement>();
  const alone = !of.declared;
  const change = useDeparture(of, "withdraw", w(alone ? "given_up" : "withdrawn"), onClose);
  return (
    <FormDialog
      title={w(alone ? "give_up" : "withdraw")}
      form={form}
      busy={change.isPending}
      problem={change.error}
      initial={alone ? {} : { employee_agrees: false, company_agrees: false }}
      onSubmit={change.mutate}
      onClose={onClose}
    >
      <p className={styles.fine}>{w(alone ? "give_up_means" : "withdraw_means")}</p>
      {!alone && (
        <>
          <Form.Item name="employee_agrees" valuePropName="checked" noStyle>
            <Checkbox>{w("employee_agrees")}</Checkbox>
          </Form.Item>
          <Form.Item name="company_agrees" valuePropName="checked">
            <Checkbox>{w("company_agrees")}</Checkbox>
          </Form.Item>
        </>
      )}
      <ReasonField />
    </FormDialog>
  );
}

const checks = ["receivables", "interview", "union_notice", "protection"] as const;

type CheckDraft = { check: (typeof checks)[number]; on?: Dayjs; note?: string };

function RecordCheck({ of, onClose }: Props) {
  const w = useWords(departureWords);
  const { today } = useSession();
  const [form] = Form.useForm<CheckDraft>();
  const check = Form.useWatch("check", form);
  const change = useDeparture(of, "checks", w("recorded"), onClose);
  const dated = check === "interview" || check === "union_notice";
  // Where the leaver gave the notice, neither the union nor what protects is asked.
  const ofEmployer = ["union_notice", "protection"];
  const own = of.kind.starter === "employee";
  const offered = checks.filter((value) => !own || !ofEmployer.includes(value));
  return (
    <FormDialog
      title={w("check")}
      form={form}
      busy={change.isPending}
      problem={change.error}
      initial={{ check: "receivables", on: dayjs(today) }}
      onSubmit={({ check: what, on, note = "" }) =>
        change.mutate({
          check: what,
          note,
          // Only what the kind of check asks for is sent.
          ...(dated && on && { on: day(on) }),
        } as Schema<"Check">)
      }
      onClose={onClose}
    >
      <p className={styles.fine}>{w("assets_hint")}</p>
      <Form.Item name="check" label={w("check")}>
        <Select options={offered.map((value) => ({ value, label: w(`check_${value}`) }))} />
      </Form.Item>
      {dated && (
        <Form.Item
          name="on"
          label={w("check_on")}
          rules={[{ required: true, message: w("required") }]}
        >
          <DayPicker allowClear={false} />
        </Form.Item>
      )}
      <Form.Item
        name="note"
        label={w("note")}
        rules={[{ required: check === "protection", message: w("required") }]}
      >
        <Input.TextArea rows={2} maxLength={dated ? 1000 : 200} />
      </Form.Item>
    </FormDialog>
  );
}

const dialogs = {
  agree_early: AgreeEarly,
  dates: SetDates,
  withdraw: Withdraw,
  check: RecordCheck,
  serve: Serve,
} as const;
