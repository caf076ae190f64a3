/** Files a departure, with the dates and their reasons before anything is sent 提交离职页. */
import { skipToken, useQuery } from "@tanstack/react-query";
import { App, Button, Checkbox, Form, Input, InputNumber, Select } from "antd";
import { useNavigate, useSearchParams } from "react-router";
import { findColleagues } from "@/api/people";
import { useCan, useSession } from "@/api/session";
import { keepFiled } from "@/lib/farewell";
import { useLanguage, useWords } from "@/lib/language";
import { Citation } from "@/ui/Citation";
import { DayPicker } from "@/ui/DayPicker";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { PersonSelect } from "@/ui/PersonSelect";
import { ProblemNote } from "@/ui/ProblemNote";
import { letGo, useUnsaved } from "@/ui/unsaved";
import { useAct } from "@/ui/useAct";
import { fileDeparture, kindsQuery, previewOf, type Kind, type NewDeparture } from "./calls";
import { DatesPreview, Duties } from "./DatesPreview";
import { Vacant } from "./Process";
import styles from "./departure.module.css";
import {
  asksLocalDays,
  knowsPayInLieu,
  lacksCheck,
  lacksDay,
  reasonHint,
  undated,
  wishOf,
  type Draft,
} from "./wish";
import { departureWords } from "./words";

export function Component() {
  const w = useWords(departureWords);
  const [form] = Form.useForm<Draft>();
  useUnsaved(() => form.isFieldsTouched());
  const [search] = useSearchParams();
  const draft = Form.useWatch([], form) as Draft | undefined;
  const { data: kinds = [] } = useQuery(kindsQuery);
  const kind = kinds.find(({ key }) => key === draft?.kind);
  // Whose dates they are must be known first: without a name the server would reckon one's own.
  const wish = draft?.employee_id && kind ? wishOf(draft, kind) : null;
  const preview = usePreview(wish);
  return (
    <>
      <PageHeader
        title={w("file")}
        trail={[{ label: w("departures"), to: "/departures" }]}
        note={w(useCan()("departure.run") ? "submit_means" : "submit_means_own")}
      />
      <div className={styles.halves}>
        <Panel>
          <Filing
            form={form}
            kinds={kinds}
            kind={kind}
            employee={search.get("employee")}
            needsDay={useNeedsDay(wish)}
            // Without a person or a kind the form itself says what is missing.
            blocked={wish !== null && !preview.isSuccess}
          />
        </Panel>
        <Panel title={w("preview")}>
          {wish ? <Preview query={preview} /> : <p className={styles.fine}>{w("preview_wait")}</p>}
        </Panel>
      </div>
    </>
  );
}

/** The reason decides no date; typing it asks nothing anew. */
function usePreview(of: NewDeparture | null) {
  const asked = of && { ...of, reason: "" };
  return useQuery({
    queryKey: ["departure-preview", asked],
    queryFn: asked ? () => previewOf(asked) : skipToken,
    retry: false,
  });
}

/** Whether the server reckons no day for this kind unless somebody names one. */
function useNeedsDay(of: NewDeparture | null): boolean {
  const { error } = usePreview(of && undated(of));
  return lacksDay(error);
}

function Preview({ query }: { query: ReturnType<typeof usePreview> }) {
  const w = useWords(departureWords);
  const language = useLanguage();
  // Nobody has done anything wrong before he was asked for the day.
  if (lacksDay(query.error)) return <p className={styles.fine}>{w("preview_day")}</p>;
  if (lacksCheck(query.error)) return <p className={styles.fine}>{w("preview_check")}</p>;
  return (
    <Loaded query={query}>
      {({ dates, duties, tasks, unknown_years }) => (
        <>
          <DatesPreview of={dates} unknown={unknown_years} />
          <section className={styles.reasons}>
            <h3>{w("who_will")}</h3>
            <ul className={styles.rows}>
              {tasks.map((step) => (
                <li key={step.node}>
                  <span className={styles.grow}>
                    {step[language]}
                    <small>{step[`who_${language}`].join(language === "zh" ? "、" : ", ")}</small>
                    <Vacant of={step} />
                  </span>
                  {step.within_zh && (
                    <span className={styles.when}>
                      {w("within", { time: step[`within_${language}`] })}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </section>
          <section className={styles.reasons}>
            <h3>{w("duties")}</h3>
            <Duties of={duties} />
          </section>
        </>
      )}
    </Loaded>
  );
}

type Props = {
  form: ReturnType<typeof Form.useForm<Draft>>[0];
  kinds: readonly Kind[];
  kind: Kind | undefined;
  employee: string | null;
  needsDay: boolean;
  /** The dates are not there, so nobody can know what he would file. */
  blocked: boolean;
};

function useFiling(form: Props["form"]) {
  const w = useWords(departureWords);
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { login } = useSession();
  return useAct({
    run: (wish: NewDeparture, headers) => fileDeparture(headers, wish),
    refresh: [["departures"], ["employees"]],
    form,
    inline: true,
    onDone: ({ id, number }) => {
      const own = form.getFieldValue("employee_id") === login.employee_id;
      if (!own) {
        void message.success(w("filed", { number }));
        return void navigate(`/departures/${id}`);
      }
      // Filing for oneself ends the session; a fresh page leads through the sign-in and back.
      keepFiled(number);
      letGo();
      location.assign(`/departures/${id}`);
    },
  });
}

function Filing({ form, kinds, kind, employee, needsDay, blocked }: Props) {
  const w = useWords(departureWords);
  const can = useCan();
  const { login } = useSession();
  const { modal } = App.useApp();
  const act = useFiling(form);
  const runs = can("departure.run");
  const offered = kinds.filter(({ starter }) => runs || starter === "employee");
  const me = login.employee_id
    ? [{ id: login.employee_id, name: login.name, number: login.number }]
    : [];
  const ask = (draft: Draft) => {
    // Enter in a field sends the form as well as the button does.
    if (blocked) return;
    const own = draft.employee_id === login.employee_id;
    modal.confirm({
      title: w("submit_title"),
      content: w(own ? "submit_means_own" : "submit_means"),
      okText: w("submit"),
      cancelText: w("cancel"),
      onOk: () => (kind ? act.mutate(wishOf(draft, kind)) : undefined),
    });
  };
  // What was refused was refused of what stood there then.
  const forget = () => {
    if (!act.error) return;
    const names = Object.keys(form.getFieldsValue()) as (keyof Draft)[];
    form.setFields(names.map((name) => ({ name, errors: [] })));
    act.reset();
  };
  return (
    <Form<Draft>
      form={form}
      layout="vertical"
      initialValues={{ employee_id: employee ?? (runs ? undefined : login.employee_id) }}
      onValuesChange={forget}
      onFinish={ask}
    >
      <Form.Item
        name="employee_id"
        label={w("employee")}
        rules={[{ required: true, message: w("required") }]}
      >
        {runs ? (
          <PersonSelect search={findColleagues} known={me} />
        ) : (
          <Select options={me.map(({ id, name }) => ({ value: id, label: name }))} />
        )}
      </Form.Item>
      <KindField kind={kind} offered={offered} />
      <DateFields runs={runs} needsDay={needsDay} kind={kind} />
      {kind && <NoticeFields kind={kind} />}
      {kind?.asks_protection && <ProtectedFields />}
      <Form.Item name="reason" label={w("reason")}>
        <Input.TextArea rows={2} maxLength={1000} placeholder={w(reasonHint(kind))} />
      </Form.Item>
      <ProblemNote problem={act.error} />
      <Button
        type="primary"
        htmlType="submit"
        disabled={blocked}
        loading={act.isPending}
        className={styles.submit}
      >
        {w("submit")}
      </Button>
    </Form>
  );
}

type KindProps = { kind: Kind | undefined; offered: readonly Kind[] };

function KindField({ kind, offered }: KindProps) {
  const w = useWords(departureWords);
  const language = useLanguage();
  return (
    <Form.Item
      name="kind"
      label={w("kind")}
      extra={
        kind && (
          <>
            <Citation of={kind.basis} /> {kind[`note_${language}`]}
          </>
        )
      }
      rules={[{ required: true, message: w("required") }]}
    >
      <Select options={offered.map((one) => ({ value: one.key, label: one[language] }))} />
    </Form.Item>
  );
}

type DateProps = { runs: boolean; needsDay: boolean; kind: Kind | undefined };

function DateFields({ runs, needsDay, kind }: DateProps) {
  const w = useWords(departureWords);
  const hint = !needsDay ? "wished_hint" : kind?.starter === "law" ? "day_by_law" : "day_needed";
  return (
    <div className={styles.fields}>
      {runs && (
        <Form.Item name="received_on" label={w("received_on")}>
          <DayPicker />
        </Form.Item>
      )}
      <Form.Item
        name="wished_on"
        label={w("wished_on")}
        extra={w(hint)}
        required={needsDay}
        dependencies={["agreed_on"]}
        rules={[
          ({ getFieldValue }) => ({
            // Either day will do; only the offices have both fields.
            required: needsDay && !getFieldValue("agreed_on"),
            message: w("required"),
          }),
        ]}
      >
        <DayPicker />
      </Form.Item>
      {runs && (
        <Form.Item name="agreed_on" label={w("agreed_on")} extra={w("agreed_hint")}>
          <DayPicker />
        </Form.Item>
      )}
      <Form.Item name="last_working_day" label={w("last_day")} extra={w("lwd_hint")}>
        <DayPicker />
      </Form.Item>
      {runs && (
        <Form.Item name="commission_cutoff_on" label={w("cutoff")} extra={w("cutoff_hint")}>
          <DayPicker />
        </Form.Item>
      )}
    </div>
  );
}

/** What only some kinds know about their notice. */
function NoticeFields({ kind }: { kind: Kind }) {
  const w = useWords(departureWords);
  return (
    <>
      {knowsPayInLieu(kind) && (
        <Form.Item name="pay_in_lieu" valuePropName="checked" extra={w("pay_in_lieu_hint")}>
          <Checkbox>{w("pay_in_lieu")}</Checkbox>
        </Form.Item>
      )}
      {asksLocalDays(kind) && (
        <Form.Item name="local_notice_days" label={w("local_days")} extra={w("local_days_hint")}>
          <InputNumber min={0} max={90} precision={0} />
        </Form.Item>
      )}
    </>
  );
}

function ProtectedFields() {
  const w = useWords(departureWords);
  return (
    <fieldset className={styles.protected}>
      <legend>{w("protected")}</legend>
      <p className={styles.fine}>{w("protected_note")}</p>
      {(["occupational", "work_injury", "other_by_law"] as const).map((name) => (
        <Form.Item key={name} name={name} valuePropName="checked" noStyle>
          <Checkbox>{w(name)}</Checkbox>
        </Form.Item>
      ))}
      <div className={styles.fields}>
        <Form.Item name="medical" label={w("medical")}>
          <DayPicker />
        </Form.Item>
        <Form.Item name="maternity" label={w("maternity")}>
          <DayPicker />
        </Form.Item>
        <Form.Item name="retires" label={w("retires")} extra={w("retires_hint")}>
          <DayPicker />
        </Form.Item>
      </div>
      <Form.Item
        name="checked"
        valuePropName="checked"
        rules={[
          {
            validator: async (_, checked?: boolean) => {
              if (!checked) throw new Error(w("required"));
            },
          },
        ]}
      >
        <Checkbox>{w("checked")}</Checkbox>
      </Form.Item>
    </fieldset>
  );
}
