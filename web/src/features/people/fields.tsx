/** Fields that several forms about people share 员工表单字段. */
import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form, Input, InputNumber, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { findColleagues } from "@/api/people";
import { useWords } from "@/lib/language";
import { DayPicker } from "@/ui/DayPicker";
import { PersonSelect } from "@/ui/PersonSelect";
import { choicesQuery, departmentsQuery, type EmployeeView } from "./calls";
import styles from "./people.module.css";
import { peopleWords } from "./words";

export type PlaceDraft = {
  entity_id: string;
  department_id: string;
  post_id: string;
  line_manager_id?: string;
};

export type TermsDraft = {
  hired_on: Dayjs;
  probation_until?: Dayjs | null;
  contract_from?: Dayjs | null;
  contract_until?: Dayjs | null;
};

const text = (day: Dayjs | null | undefined) => day?.format("YYYY-MM-DD");
const day = (value: string | null | undefined) => (value ? dayjs(value) : null);

/** The days of a form as the server takes them. */
export const termsOf = ({ hired_on, ...rest }: TermsDraft) => ({
  hired_on: hired_on.format("YYYY-MM-DD"),
  probation_until: text(rest.probation_until),
  contract_from: text(rest.contract_from),
  contract_until: text(rest.contract_until),
});

/** The days of a person as a form takes them. */
export const draftOf = (of: EmployeeView): TermsDraft => ({
  hired_on: dayjs(of.hired_on),
  probation_until: day(of.probation_until),
  contract_from: day(of.contract_from),
  contract_until: day(of.contract_until),
});

/** Where somebody works and under whom. */
export function PlaceFields({ of }: { of?: EmployeeView }) {
  const w = useWords(peopleWords);
  const { data: choices } = useQuery(choicesQuery);
  const { data: departments } = useQuery(departmentsQuery);
  const options = (of: readonly { id: string; name: string }[] = []) =>
    of.map(({ id, name }) => ({ value: id, label: name }));
  const required = [{ required: true, message: w("required") }];
  const search = { optionFilterProp: "label" };
  return (
    <>
      <Form.Item name="entity_id" label={w("entity")} rules={required}>
        <Select options={options(choices?.entities)} notFoundContent={w("none_yet")} />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item name="department_id" label={w("department")} rules={required}>
          <Select
            options={options(departments)}
            showSearch={search}
            notFoundContent={w("none_yet")}
          />
        </Form.Item>
        <Form.Item name="post_id" label={w("post")} rules={required}>
          <Select
            options={options(choices?.posts)}
            showSearch={search}
            notFoundContent={w("none_yet")}
          />
        </Form.Item>
      </div>
      <Form.Item name="line_manager_id" label={w("line_manager")} extra={w("line_manager_hint")}>
        <PersonSelect
          clearable
          search={(q) => findColleagues(q)}
          known={of?.line_manager ? [of.line_manager] : []}
        />
      </Form.Item>
    </>
  );
}

/** First day, probation and contract. */
export function TermsFields() {
  const w = useWords(peopleWords);
  return (
    <div className={styles.pair}>
      <Form.Item
        name="hired_on"
        label={w("hired_on")}
        rules={[{ required: true, message: w("required") }]}
      >
        <DayPicker allowClear={false} />
      </Form.Item>
      <Form.Item name="probation_until" label={w("probation_until")}>
        <DayPicker />
      </Form.Item>
      <Form.Item name="contract_from" label={w("contract_from")}>
        <DayPicker />
      </Form.Item>
      <Form.Item name="contract_until" label={w("contract_until")} extra={w("open_term_hint")}>
        <DayPicker />
      </Form.Item>
    </div>
  );
}

/** Papers and addresses; `of` has some already, which are shown masked and stay when left out. */
export function CardFields({ of }: { of?: EmployeeView }) {
  const w = useWords(peopleWords);
  const kept = (masked: string | null | undefined) =>
    masked ? w("kept_when_blank", { masked }) : undefined;
  return (
    <>
      <Form.Item name="citizen_id" label={w("citizen_id_optional")} extra={kept(of?.citizen_id)}>
        <Input maxLength={18} autoComplete="off" />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item name="phone" label={w("phone_label")} extra={kept(of?.phone)}>
          <Input maxLength={30} autoComplete="off" />
        </Form.Item>
        <Form.Item name="email" label={w("email_label")} extra={kept(of?.email)}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
      </div>
    </>
  );
}

/** Whether somebody has customers, how many, and what he knows. */
export function SellsFields() {
  const w = useWords(peopleWords);
  const sells = Form.useWatch<boolean | undefined>("sells");
  return (
    <>
      <Form.Item name="sells" valuePropName="checked" extra={w("sells_hint")}>
        <Checkbox>{w("sells_label")}</Checkbox>
      </Form.Item>
      {sells && (
        <div className={styles.pair}>
          <Form.Item name="capacity" label={w("capacity")} extra={w("capacity_hint")}>
            <InputNumber min={0} max={1_000_000} precision={0} />
          </Form.Item>
          <Form.Item name="regions" label={w("regions")}>
            <Input maxLength={400} />
          </Form.Item>
          <Form.Item name="industries" label={w("industries")}>
            <Input maxLength={400} />
          </Form.Item>
        </div>
      )}
    </>
  );
}
