/** What a bundle would hold, what is disclosed, and its export 导出存证包页. */
import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Form, Input } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { actName } from "@/lib/actName";
import { useLanguage, useWords } from "@/lib/language";
import { formatMoment } from "@/lib/day";
import { Figures } from "@/ui/Figures";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemNote } from "@/ui/ProblemNote";
import { useAct } from "@/ui/useAct";
import styles from "./bundle.module.css";
import { exportBundle, fileOf, previewQuery, type NewBundle, type Preview } from "./calls";
import { isFixed, isShown, minimal, toggled, told, type Choice } from "./choice";
import { Documents } from "./Documents";
import { Earlier } from "./Earlier";
import { bundleWords } from "./words";

export function Component() {
  const { id = "" } = useParams();
  const query = useQuery(previewQuery(id));
  return (
    <Loaded whole query={query}>
      {(preview) => <Page key={preview.up_to} id={id} of={preview} />}
    </Loaded>
  );
}

function Page({ id, of }: { id: string; of: Preview }) {
  const w = useWords(bundleWords);
  return (
    <>
      <PageHeader
        title={w("title")}
        trail={[
          { label: w("departures"), to: "/departures" },
          { label: of.employee.name, to: `/departures/${id}` },
        ]}
        note={`${of.number} ${of.employee.name} · ${w("note")}`}
      />
      <Export id={id} of={of} />
      <Panel title={w("earlier")}>
        <Earlier of={of.earlier} />
        <p className={styles.fine}>
          <Link to="/verify">{w("verify")}</Link>
        </p>
      </Panel>
    </>
  );
}

type Why = Pick<NewBundle, "recipient" | "reason">;

function Export({ id, of }: { id: string; of: Preview }) {
  const w = useWords(bundleWords);
  const [form] = Form.useForm<Why>();
  const [choice, setChoice] = useState(() => minimal(of));
  const act = useAct({
    run: (why: Why, headers) => exportBundle(id, headers, told(of, choice, why)),
    done: w("exported"),
    refresh: [["bundles", id]],
    form,
    inline: true,
    onDone: (made) => void (made.id && window.location.assign(fileOf(made.id))),
  });
  return (
    <>
      <Panel title={w("why")}>
        <Form<Why> form={form} layout="vertical" onFinish={(why) => act.mutate(why)}>
          <Form.Item
            name="recipient"
            label={w("recipient")}
            rules={[{ required: true, whitespace: true, message: w("need_recipient") }]}
          >
            <Input maxLength={100} placeholder={w("recipient_hint")} />
          </Form.Item>
          <Form.Item
            name="reason"
            label={w("reason")}
            rules={[{ required: true, whitespace: true, min: 2, message: w("need_reason") }]}
          >
            <Input.TextArea rows={2} maxLength={200} showCount placeholder={w("reason_hint")} />
          </Form.Item>
        </Form>
      </Panel>
      <Panel title={w("records")}>
        <Records of={of} choice={choice} onChoose={setChoice} />
      </Panel>
      <Panel title={w("documents")}>
        <Documents of={of.documents} choice={choice} onChoose={setChoice} />
      </Panel>
      <Panel title={w("summary")}>
        <Summary of={of} choice={choice} />
        <ProblemNote problem={act.error} />
        <div className={styles.go}>
          <Button type="primary" loading={act.isPending} onClick={() => form.submit()}>
            {w("export")}
          </Button>
        </div>
      </Panel>
    </>
  );
}

type Choosing = { choice: Choice; onChoose: (choice: Choice) => void };

function Records({ of, choice, onChoose }: Choosing & { of: Preview }) {
  const w = useWords(bundleWords);
  const language = useLanguage();
  const kept = of.records.filter(({ content, readable }) => content === "withheld" && readable);
  const showAll = () => onChoose({ ...choice, turned: new Set(kept.map(({ index }) => index)) });
  return (
    <>
      <p className={styles.fine}>{w("records_note")}</p>
      <div className={styles.tools}>
        {kept.length > 0 && <Button onClick={showAll}>{w("all")}</Button>}
        <Button onClick={() => onChoose(minimal(of))}>{w("least")}</Button>
      </div>
      {of.customers > 0 && (
        <p>
          <Checkbox
            checked={choice.customers}
            onChange={({ target }) => onChoose({ ...choice, customers: target.checked })}
          >
            {w("customers", { count: of.customers })}
          </Checkbox>
          <span className={styles.fine}> {w("customers_note")}</span>
        </p>
      )}
      <ul className={`${styles.rows} ${styles.records}`} aria-label={w("records")}>
        {of.records.map((record) => {
          const shown = isShown(record, choice);
          const fixed = isFixed(record, choice);
          const state = record.content === "erased" ? "erased" : shown ? "shown" : "withheld";
          return (
            <li key={record.index}>
              <Checkbox
                aria-label={w("show_it", { index: record.index })}
                checked={shown}
                disabled={fixed}
                onChange={() =>
                  onChoose({ ...choice, turned: toggled(choice.turned, record.index) })
                }
              />
              <span className={`${styles.grow} ${shown ? "" : styles.hidden}`}>
                {record[language] ?? actName(record, language)}
                <small>
                  #{record.index} · {actName(record, language)} · {formatMoment(record.at)} ·{" "}
                  {w(state)}
                  {record.others > 0 && ` · ${w("others", { count: record.others })}`}
                  {!record.readable && ` · ${w("unread")}`}
                  {fixed && record.readable && record.carries_items && ` · ${w("carries")}`}
                </small>
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Summary({ of, choice }: { of: Preview; choice: Choice }) {
  const w = useWords(bundleWords);
  const shown = of.records.filter((record) => isShown(record, choice)).length;
  const erased = of.records.filter(({ content }) => content === "erased").length;
  const withheld = of.records.length - shown - erased;
  const witnessed = of.witnesses.some(({ size }) => typeof size === "number");
  return (
    <>
      <Figures
        of={[
          { label: w("count_records"), value: of.records.length },
          { label: w("count_shown"), value: shown },
          { label: w("count_withheld"), value: withheld },
          { label: w("count_documents"), value: choice.documents.size },
          ...(choice.customers ? [{ label: w("count_customers"), value: of.customers }] : []),
        ]}
      />
      <p className={styles.fine}>{w("chains", { count: of.chains })}</p>
      <strong>{w("states_limits")}</strong>
      <ul className={styles.limits}>
        {withheld + erased > 0 && <li>{w("limit_withheld")}</li>}
        {!witnessed && <li>{w("limit_witness")}</li>}
        <li>{w(of.signed ? "limit_signed" : "limit_unsigned")}</li>
        <li>{w(of.stamped ? "limit_stamped" : "limit_unstamped")}</li>
        <li>{w("limit_policy")}</li>
      </ul>
    </>
  );
}
