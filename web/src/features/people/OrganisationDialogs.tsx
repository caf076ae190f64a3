/** Forms that change the organisation: departments, their heads, entities, posts 组织办理表单. */
import { Form, Input, Select } from "antd";
import { useState } from "react";
import { findColleagues } from "@/api/people";
import { useWords } from "@/lib/language";
import { FormDialog } from "@/ui/FormDialog";
import { PersonSelect } from "@/ui/PersonSelect";
import { useAct } from "@/ui/useAct";
import {
  addDepartment,
  editDepartment,
  saveEntity,
  savePost,
  setHead,
  type Choices,
  type DepartmentItem,
} from "./calls";
import { given } from "./AddEmployee";
import styles from "./people.module.css";
import { peopleWords } from "./words";

function NameField() {
  const w = useWords(peopleWords);
  return (
    <Form.Item
      name="name"
      label={w("title")}
      rules={[{ required: true, whitespace: true, message: w("required") }]}
    >
      <Input maxLength={100} />
    </Form.Item>
  );
}

function ParentField({ among }: { among: readonly DepartmentItem[] }) {
  const w = useWords(peopleWords);
  return (
    <Form.Item name="parent_id" label={w("parent")} extra={w("parent_hint")}>
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        options={among.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form.Item>
  );
}

type NewDepartment = { entity_id: string; parent_id?: string; code: string; name: string };

type AddProps = {
  departments: readonly DepartmentItem[];
  entities: Choices["entities"];
  onClose: () => void;
};

export function AddDepartment({ departments, entities, onClose }: AddProps) {
  const w = useWords(peopleWords);
  const [form] = Form.useForm<NewDepartment>();
  const act = useAct({
    run: (body: NewDepartment, headers) => addDepartment(headers, body),
    done: w("department_added"),
    refresh: [["departments"]],
    form,
    inline: true,
    onDone: onClose,
  });
  const required = [{ required: true, message: w("required") }];
  return (
    <FormDialog
      title={w("add_department")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ entity_id: entities.length === 1 ? entities[0]?.id : undefined }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <Form.Item name="entity_id" label={w("entity")} rules={required}>
        <Select
          notFoundContent={w("entity_first")}
          options={entities.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <ParentField among={departments} />
      <NameField />
      <Form.Item name="code" label={w("code")} extra={w("code_hint")} rules={required}>
        <Input maxLength={100} />
      </Form.Item>
    </FormDialog>
  );
}

type OfDepartment = { of: DepartmentItem; onClose: () => void };

export function EditDepartment({
  of: now,
  among,
  onClose,
}: OfDepartment & { among: readonly DepartmentItem[] }) {
  const w = useWords(peopleWords);
  // As it was when the dialog opened: what others change meanwhile is not overwritten.
  const [of] = useState(now);
  type Draft = { name: string; parent_id?: string };
  const [form] = Form.useForm<Draft>();
  const act = useAct({
    run: (body: Draft, headers) =>
      editDepartment(of.id, headers, { ...body, seen: of.version }),
    done: w("department_saved"),
    refresh: [["departments"], ["employees"]],
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w("edit_department_of", { name: of.name })}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ name: of.name, parent_id: of.parent_id ?? undefined }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <NameField />
      <ParentField among={among.filter(({ id }) => id !== of.id)} />
    </FormDialog>
  );
}

export function SetHead({ of: now, onClose }: OfDepartment) {
  const w = useWords(peopleWords);
  const [of] = useState(now);
  const [form] = Form.useForm<{ employee_id: string }>();
  const act = useAct({
    run: (body: { employee_id: string }, headers) =>
      setHead(of.id, headers, { ...body, seen: of.version }),
    done: w("head_set"),
    refresh: [["departments"], ["employees"]],
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w("set_head_of", { name: of.name })}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ employee_id: of.head?.id }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <p className={styles.fine}>{w("head_means")}</p>
      <Form.Item
        name="employee_id"
        label={w("head")}
        rules={[{ required: true, message: w("required") }]}
      >
        <PersonSelect search={(q) => findColleagues(q)} known={of.head ? [of.head] : []} />
      </Form.Item>
    </FormDialog>
  );
}

type Entity = Choices["entities"][number];

/** A new legal entity, or the right name of one. */
export function EntityDialog({ of: now, onClose }: { of?: Entity; onClose: () => void }) {
  const w = useWords(peopleWords);
  const [of] = useState(now);
  type Draft = { name: string; credit_code?: string };
  const [form] = Form.useForm<Draft>();
  const act = useAct({
    run: ({ name, credit_code }: Draft, headers) =>
      saveEntity(of, headers, { name, credit_code: given(credit_code) }),
    done: w("entity_saved"),
    refresh: [["posts"], ["employees"]],
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={of ? w("edit_entity_of", { name: of.name }) : w("add_entity")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ name: of?.name, credit_code: of?.credit_code ?? undefined }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <p className={styles.fine}>{w("entity_means")}</p>
      <NameField />
      <Form.Item name="credit_code" label={w("credit_code")}>
        <Input maxLength={18} autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}

type Post = Choices["posts"][number];

/** A new post, or another name of one. */
export function PostDialog({ of: now, onClose }: { of?: Post; onClose: () => void }) {
  const w = useWords(peopleWords);
  const [of] = useState(now);
  const [form] = Form.useForm<{ name: string }>();
  const act = useAct({
    run: (body: { name: string }, headers) => savePost(of, headers, body),
    done: w(of ? "post_saved" : "post_added"),
    refresh: [["posts"], ["employees"]],
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={of ? w("edit_post_of", { name: of.name }) : w("add_post")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ name: of?.name }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      {of && <p className={styles.fine}>{w("post_means")}</p>}
      <NameField />
    </FormDialog>
  );
}
