/** Gives a plan to a department or a person from a day on 分配方案. */
import { useQuery } from "@tanstack/react-query";
import { DatePicker, Form, Radio, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { findColleagues } from "@/api/people";
import { useWords } from "@/lib/language";
import { FormDialog } from "@/ui/FormDialog";
import { PersonSelect } from "@/ui/PersonSelect";
import { useAct } from "@/ui/useAct";
import { assignPlan, placesQuery, refresh, type CommissionPlan } from "./calls";
import { commissionWords } from "./words";

type Values = { to: "place" | "person"; assignee_id: string; effective_on: Dayjs };

type Props = { plan: CommissionPlan; onClose: () => void };

export function AssignForm({ plan, onClose }: Props) {
  const w = useWords(commissionWords);
  const [form] = Form.useForm<Values>();
  const places = useQuery(placesQuery);
  const act = useAct({
    run: ({ assignee_id, effective_on }: Values, once) =>
      assignPlan(
        plan.id,
        { assignee_id, effective_on: effective_on.format("YYYY-MM-DD") },
        once,
      ),
    done: w("assigned_ok"),
    refresh,
    form,
    inline: true,
    onDone: onClose,
  });
  const required = [{ required: true, message: w("required") }];
  const options = places.data?.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  return (
    <FormDialog
      title={w("assign_title", { name: plan.name })}
      confirm={w("assign")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ to: "place", effective_on: dayjs().startOf("month") }}
      onSubmit={(values) => act.mutate(values)}
      onClose={onClose}
    >
      <Form.Item name="to" label={w("assign_to")}>
        <Radio.Group
          onChange={() => form.resetFields(["assignee_id"])}
          options={[
            { value: "place", label: w("place") },
            { value: "person", label: w("person") },
          ]}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={["to"]}>
        {({ getFieldValue }) => {
          const place = getFieldValue("to") === "place";
          return (
            <Form.Item
              name="assignee_id"
              label={w(place ? "place" : "person")}
              rules={required}
            >
              {place ? (
                <Select showSearch={{ optionFilterProp: "label" }} options={options} />
              ) : (
                <PersonSelect search={findColleagues} />
              )}
            </Form.Item>
          );
        }}
      </Form.Item>
      <Form.Item name="effective_on" label={w("valid_from")} rules={required}>
        <DatePicker allowClear={false} />
      </Form.Item>
    </FormDialog>
  );
}
