/** The team's part beside what the giver keeps: how much, how long, who shares it 团队份额. */
import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Form, InputNumber, Select } from "antd";
import { api, take } from "@/api/client";
import { findColleagues } from "@/api/people";
import { useWords } from "@/lib/language";
import { PersonSelect, type Choosable } from "@/ui/PersonSelect";
import { useState } from "react";
import styles from "./handover.module.css";
import { evenly, sumOf, type FilledPool } from "./teamPool";
import { termsWords } from "./termsWords";

type Props = { known: readonly Choosable[] };

export function PoolFields({ known }: Props) {
  const w = useWords(termsWords);
  const [team, setTeam] = useState(known);
  const required = [{ required: true, message: w("required") }];
  return (
    <>
      <Form.Item name="pooled" valuePropName="checked">
        <Checkbox>{w("pool")}</Checkbox>
      </Form.Item>
      <Form.Item noStyle dependencies={["pooled"]}>
        {({ getFieldValue }) =>
          getFieldValue("pooled") ? (
            <>
              <p className={styles.fine}>{w("pool_means")}</p>
              <div className={styles.step}>
                <Form.Item name={["pool", "share"]} label={w("pool_share")} rules={required}>
                  <InputNumber min={0.01} max={100} precision={2} suffix="%" />
                </Form.Item>
                <Form.Item name={["pool", "before_day"]} label={w("pool_days")}>
                  <InputNumber min={1} max={3650} precision={0} suffix={w("days")} />
                </Form.Item>
              </div>
              <WholeTeam onTeam={setTeam} />
              <Members known={team} />
            </>
          ) : null
        }
      </Form.Item>
    </>
  );
}

/** Everybody of a department at once, in equal parts. */
function WholeTeam({ onTeam }: { onTeam: (team: Choosable[]) => void }) {
  const w = useWords(termsWords);
  const form = Form.useFormInstance();
  const places = useQuery({
    queryKey: ["departments"],
    queryFn: () => take(api.GET("/departments")),
  });
  async function fill(department: string) {
    const query = { department, state: "active", limit: 50 };
    const { items } = await take(api.GET("/employees", { params: { query } }));
    onTeam(items);
    if (items.length === 0) return;
    form.setFieldValue(["pool", "members"], evenly(items.map(({ id }) => id)));
  }
  return (
    <Form.Item label={w("pool_department")}>
      <Select
        value={null}
        loading={places.isPending}
        placeholder={w("pool_department_hint")}
        showSearch={{ optionFilterProp: "label" }}
        options={places.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        onChange={(department: string | null) => department && void fill(department)}
      />
    </Form.Item>
  );
}

function Members({ known }: { known: readonly Choosable[] }) {
  const w = useWords(termsWords);
  const required = [{ required: true, message: w("required") }];
  const whole = {
    validator: (_: unknown, members?: FilledPool["members"]) => {
      const sum = sumOf(members);
      return sum === 100
        ? Promise.resolve()
        : Promise.reject(new Error(w("pool_sum_wrong", { sum })));
    },
  };
  // A department that was chosen brings names the fields do not know yet.
  const names = known.map(({ id }) => id).join(" ");
  return (
    <Form.List name={["pool", "members"]} rules={[whole]}>
      {(fields, { add, remove }, { errors }) => (
        <>
          {fields.map(({ key, name }, at) => (
            <div key={`${key} ${names}`} className={styles.step}>
              <Form.Item name={[name, "person"]} label={w("member")} rules={required}>
                <PersonSelect search={(q) => found(q, known)} known={known} />
              </Form.Item>
              <Form.Item name={[name, "share"]} label={w("member_share")} rules={required}>
                <InputNumber min={0.01} max={100} precision={2} suffix="%" />
              </Form.Item>
              <Form.Item label=" " colon={false}>
                <Button
                  type="text"
                  aria-label={w("drop_member", { n: at + 1 })}
                  onClick={() => remove(name)}
                >
                  ×
                </Button>
              </Form.Item>
            </div>
          ))}
          <Form.ErrorList errors={errors} />
          <Form.Item>
            <Button size="small" onClick={() => add({})}>
              {w("add_member")}
            </Button>
          </Form.Item>
        </>
      )}
    </Form.List>
  );
}

/** Colleagues by what is typed; those that are shown already before anything is. */
async function found(q: string, known: readonly Choosable[]): Promise<Choosable[]> {
  return q === "" && known.length > 0 ? [...known] : findColleagues(q);
}
