/** Gives a login exactly the chosen roles 调整角色. */
import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form, Modal } from "antd";
import { useState } from "react";
import { api, take, type Schema } from "@/api/client";
import { useLanguage, useWords } from "@/lib/language";
import { Loaded } from "@/ui/Loaded";
import { ProblemNote } from "@/ui/ProblemNote";
import { useAct } from "@/ui/useAct";
import { matrixQuery, type Matrix } from "./matrix";
import styles from "./system.module.css";
import { systemWords } from "./words";
import { useFocusBack } from "@/ui/useFocusBack";

type Props = { of: Schema<"LoginItem">; onClose: () => void };

export function RoleDialog({ of: now, onClose }: Props) {
  useFocusBack();
  const w = useWords(systemWords);
  // As it was when the dialog opened: what others change meanwhile is not overwritten.
  const [of] = useState(now);
  const [form] = Form.useForm<{ roles: string[] }>();
  const matrix = useQuery(matrixQuery);
  const act = useAct({
    run: (body: { roles: string[] }, headers) =>
      take(
        api.POST("/logins/{id}/roles", {
          params: { path: { id: of.id } },
          headers,
          body: { roles: body.roles, seen: of.roles },
        }),
      ),
    done: w("roles_set"),
    refresh: [["logins"]],
    inline: true,
    onDone: onClose,
  });
  return (
    <Modal
      open
      title={w("set_roles_of", { name: of.name })}
      okText={w("save")}
      cancelText={w("cancel")}
      confirmLoading={act.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className={styles.note}>{w("set_roles_note")}</p>
      <Loaded query={matrix}>
        {({ roles }) => (
          <Form form={form} layout="vertical" onFinish={act.mutate} initialValues={of}>
            <RolesField of={roles} />
          </Form>
        )}
      </Loaded>
      <ProblemNote problem={act.error} />
    </Modal>
  );
}

/** The roles to tick, business and administrators apart. */
export function RolesField({ of, required = false }: { of: Matrix["roles"]; required?: boolean }) {
  const w = useWords(systemWords);
  const rules = required ? [{ required: true, message: w("role_required") }] : [];
  return (
    <Form.Item name="roles" label={w("held")} rules={rules}>
      <Checkbox.Group className={styles.roles}>
        <Choices title={w("business_roles")} of={of.filter((r) => !r.administrator)} />
        <Choices title={w("administrators")} of={of.filter((r) => r.administrator)} />
      </Checkbox.Group>
    </Form.Item>
  );
}

function Choices({ title, of }: { title: string; of: Matrix["roles"] }) {
  const language = useLanguage();
  return (
    <fieldset className={styles.group}>
      <legend>{title}</legend>
      {of.map((role) => (
        <Checkbox key={role.key} value={role.key}>
          {role[language]}
        </Checkbox>
      ))}
    </fieldset>
  );
}
