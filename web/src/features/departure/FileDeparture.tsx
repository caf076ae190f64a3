/** Files a departure, with the dates and their reasons before anything is sent 提交离职页. */
import { useQuery } from "@tanstack/react-query";
import { App, Button, Checkbox, DatePicker, Form, Input, Select } from "antd";
import { useNavigate, useSearchParams } from "react-router";
import { findColleagues } from "@/api/people";
import { useCan, useSession } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { Citation } from "@/ui/Citation";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { PersonSelect } from "@/ui/PersonSelect";
import { ProblemNote } from "@/ui/ProblemNote";
import { useAct } from "@/ui/useAct";
import { fileDeparture, kindsQuery, previewOf, type Kind, type NewDeparture } from "./calls";
import { DatesPreview, Duties } from "./DatesPreview";
import styles from "./departure.module.css";
import { wishOf, type Draft } from "./wish";
import { departureWords } from "./words";

export function Component() {
  const w = useWords(departureWords);
  const [form] = Form.useForm<Draft>();
  const [search] = useSearchParams();
  const draft = Form.useWatch([], form) as Draft | undefined;
  const { data: kinds = [] } = useQuery(kindsQuery);
  const kind = kinds.find(({ key }) => key === draft?.kind);
  const wish = draft && kind ? wishOf(draft, kind) : null;
  return (
    <>
      <PageHeader
        title={w("file")}
        trail={[{ label: w("departures"), to: "/departures" }]}
        note={w("submit_means")}
      />
      <div className={styles.halves}>
        <Panel>
          <Filing form={form} kinds={kinds} kind={kind} employee={search.get("employee")} />
        </Panel>
        <Panel title={w("preview")}>
          {wish ? <Preview of={wish} /> : <p className={styles.fine}>{w("preview_wait")}</p>}
        </Panel>
      </div>
    </>
  );
}

function Preview({ of }: { of: NewDeparture }) {
  const w = useWords(departureWords);
  const language = useLanguage();
  // The reason decides no date; typing it asks nothing anew.
  const asked = { ...of, reason: "" };
  const query = useQuery({
    queryKey: ["departure-preview", asked],
    queryFn: () => previewOf(asked),
    retry: false,
  });
  return (
    <Loaded query={query}>
      {({ dates, duties, tasks }) => (
        <>
          <DatesPreview of={dates} />
          <section className={styles.reasons}>
            <h3>{w("who_will")}</h3>
            <ul className={styles.rows}>
              {tasks.map((step) => (
                <li key={step.node}>
                  <span className={styles.grow}>
                    {step[language]}
                    <small>{step[`who_${language}`].join(language === "zh" ? "、" : ", ")}</small>
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
      void message.success(w("filed", { number }));
      const own = form.getFieldValue("employee_id") === login.employee_id;
      // Filing for oneself ends the session; a fresh page leads through the sign-in and back.
      if (own) location.assign(`/departures/${id}`);
      else void navigate(`/departures/${id}`);
    },
  });
}

function Filing({ form, kinds, kind, employee }: Props) {
  const w = useWords(departureWords);
  const language = useLanguage();
  const can = useCan();
  const { login } = useSession();
  const { modal } = App.useApp();
  const act = useFiling(form);
  const runs = can("departure.run");
  const offered = kinds.filter(({ starter }) => runs || starter === "employee");
  const me = login.employee_id
    ? [{ id: login.employee_id, name: login.name, number: login.number }]
    : [];
  const ask = (draft: Draft) =>
    modal.confirm({
      title: w("submit_title"),
      content: w("submit_means"),
      okText: w("submit"),
      cancelText: w("cancel"),
      onOk: () => (kind ? act.mutate(wishOf(draft, kind)) : undefined),
    });
  return (
    <Form<Draft>
      form={form}
      layout="vertical"
      initialValues={{ employee_id: employee ?? (runs ? undefined : login.employee_id) }}
      onFinish={(draft) => void ask(draft)}
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
      <DateFields runs={runs} />
      {kind?.starter === "employer" && <ProtectedFields />}
      <Form.Item name="reason" label={w("reason")}>
        <Input.TextArea rows={2} maxLength={1000} placeholder={w("reason_hint")} />
      </Form.Item>
      <ProblemNote problem={act.error} />
      <Button type="primary" htmlType="submit" loading={act.isPending} className={styles.submit}>
        {w("submit")}
      </Button>
    </Form>
  );
}

function DateFields({ runs }: { runs: boolean }) {
  const w = useWords(departureWords);
  return (
    <div className={styles.fields}>
      {runs && (
        <Form.Item name="received_on" label={w("received_on")}>
          <DatePicker />
        </Form.Item>
      )}
      <Form.Item name="wished_on" label={w("wished_on")} extra={w("wished_hint")}>
        <DatePicker />
      </Form.Item>
      {runs && (
        <Form.Item name="agreed_on" label={w("agreed_on")} extra={w("agreed_hint")}>
          <DatePicker />
        </Form.Item>
      )}
      <Form.Item name="last_working_day" label={w("last_day")} extra={w("lwd_hint")}>
        <DatePicker />
      </Form.Item>
    </div>
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
          <DatePicker />
        </Form.Item>
        <Form.Item name="maternity" label={w("maternity")}>
          <DatePicker />
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
