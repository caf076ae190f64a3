/** Who is credited with a deal: shares of the deal, and overlays beside it 认定业绩. */
import { useQuery } from "@tanstack/react-query";
import { AutoComplete, Button, Form, Input, InputNumber, Select } from "antd";
import { findColleagues } from "@/api/people";
import { useLanguage, useWords } from "@/lib/language";
import { FormDialog, ReasonField } from "@/ui/FormDialog";
import { PersonSelect, type Choosable } from "@/ui/PersonSelect";
import { useAct } from "@/ui/useAct";
import { creditDeal, planWordsQuery, refresh, type Deal } from "./calls";
import styles from "./commission.module.css";
import { creditOf, sharesOf, sumOfShares, type FilledCredit, type FilledShare } from "./crediting";
import { dealWords } from "./dealWords";

type Values = FilledCredit & { reason: string };

export function CreditForm({ of, onClose }: { of: Deal; onClose: () => void }) {
  const w = useWords(dealWords);
  const language = useLanguage();
  const [form] = Form.useForm<Values>();
  const act = useAct({
    run: (values: Values, once) =>
      creditDeal(of.id, { credit: creditOf(values), reason: values.reason }, once),
    done: w("credited_ok"),
    refresh,
    form,
    inline: true,
    onDone: onClose,
  });
  const people = [
    ...(of.credit?.direct ?? []),
    ...(of.credit?.overlays.flatMap(({ members }) => members) ?? []),
  ].flatMap(({ person }) => (person ? [person] : []));
  return (
    <FormDialog
      title={w("credit_of", { number: of.number })}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{
        direct: sharesOf(of.credit?.direct ?? [{ share: 10_000 }]),
        overlays: of.credit?.overlays.map(({ name, members }) => ({
          name,
          members: sharesOf(members),
        })),
      }}
      onSubmit={(values) => act.mutate(values)}
      onClose={onClose}
    >
      <h3>{w("direct")}</h3>
      <ShareRows path={["direct"]} known={people} owner />
      <h3>{w("overlays")}</h3>
      <Overlays known={people} />
      <ReasonField />
      {of.credit_history.length > 0 && (
        <>
          <h3>{w("history")}</h3>
          <ul className={styles.plain}>
            {of.credit_history.map((said) => (
              <li key={said.at} className={styles.fine}>
                {said[language]} · {w("said_by", { by: said.by?.name ?? "", reason: said.reason })}
              </li>
            ))}
          </ul>
        </>
      )}
    </FormDialog>
  );
}

type RowsProps = { path: (string | number)[]; list?: number; known: Choosable[]; owner?: boolean };

/** Shares that are 100 % together. */
function ShareRows({ path, list, known, owner = false }: RowsProps) {
  const w = useWords(dealWords);
  const whole = {
    validator: (_: unknown, shares?: FilledShare[]) => {
      const sum = sumOfShares(shares);
      return sum === 100
        ? Promise.resolve()
        : Promise.reject(new Error(w("sum_wrong", { sum })));
    },
  };
  const name = list === undefined ? path : [list, ...path.slice(-1)];
  return (
    <Form.List name={name} rules={[whole]}>
      {(fields, { add, remove }, { errors }) => (
        <>
          {fields.map(({ key, name: own }, at) => (
            <div key={key} className={styles.share}>
              {owner && <Kind name={[own, "kind"]} />}
              <Form.Item noStyle shouldUpdate>
                {({ getFieldValue }) =>
                  (!owner || getFieldValue([...path, own, "kind"]) === "person") && (
                    <Who name={[own, "who"]} known={known} />
                  )
                }
              </Form.Item>
              <Share name={[own, "share"]} />
              {at > 0 && (
                <Form.Item label=" " colon={false}>
                  <Button
                    type="text"
                    aria-label={w("drop_share", { n: at + 1 })}
                    onClick={() => remove(own)}
                  >
                    ×
                  </Button>
                </Form.Item>
              )}
            </div>
          ))}
          <Form.ErrorList errors={errors} />
          <Form.Item>
            <Button size="small" onClick={() => add({ kind: "person" })}>
              {w("add_share")}
            </Button>
          </Form.Item>
        </>
      )}
    </Form.List>
  );
}

type FieldProps = { name: (string | number)[] };

function Kind({ name }: FieldProps) {
  const w = useWords(dealWords);
  return (
    <Form.Item name={name} label={w("kind")}>
      <Select
        options={[
          { value: "owner", label: w("owner_then") },
          { value: "person", label: w("named") },
        ]}
      />
    </Form.Item>
  );
}

function Who({ name, known }: FieldProps & { known: Choosable[] }) {
  const w = useWords(dealWords);
  return (
    <Form.Item name={name} label={w("who")} rules={[{ required: true, message: w("required") }]}>
      <PersonSelect search={findColleagues} known={known} />
    </Form.Item>
  );
}

function Share({ name }: FieldProps) {
  const w = useWords(dealWords);
  const required = { required: true, message: w("required") };
  return (
    <Form.Item name={name} label={w("share")} rules={[required]}>
      <InputNumber controls={false} min={0.01} max={100} precision={2} suffix="%" />
    </Form.Item>
  );
}

function Overlays({ known }: { known: Choosable[] }) {
  const w = useWords(dealWords);
  const names = useQuery(planWordsQuery).data?.overlays ?? [];
  return (
    <Form.List name="overlays">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }, at) => (
            <div key={key} className={styles.overlay}>
              <Form.Item
                name={[name, "name"]}
                label={w("overlay_name")}
                rules={[{ required: true, message: w("required") }]}
              >
                <AutoComplete options={names.map((value) => ({ value }))}>
                  <Input maxLength={100} />
                </AutoComplete>
              </Form.Item>
              <ShareRows path={["overlays", name, "members"]} list={name} known={known} />
              <Button
                size="small"
                type="text"
                aria-label={w("drop_overlay", { n: at + 1 })}
                onClick={() => remove(name)}
              >
                ×
              </Button>
            </div>
          ))}
          <Form.Item>
            <Button
              size="small"
              onClick={() => add({ members: [{ kind: "person", share: 100 }] })}
            >
              {w("add_overlay")}
            </Button>
          </Form.Item>
        </>
      )}
    </Form.List>
  );
}
