/** Gives a login exactly the chosen roles 调整角色. */
import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form } from "antd";
import { useState } from "react";
import { api, take, type Schema } from "@/api/client";
import { useLanguage, useWords } from "@/lib/language";
import { FormDialog } from "@/ui/FormDialog";
import { Loaded } from "@/ui/Loaded";
import { useAct } from "@/ui/useAct";
import { matrixQuery, type Matrix } from "./matrix";
import styles from "./system.module.css";
import { systemWords } from "./words";

type Props = { of: Schema<"LoginItem">; onClose: () => void };

export function RoleDialog({ of: now, onClose }: Props) {
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
    <FormDialog
      title={w("set_roles_of", { name: of.name })}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{ roles: of.roles }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <p className={styles.note}>{w("set_roles_note")}</p>
      <Loaded query={matrix}>{({ roles }) => <RolesField of={roles} />}</Loaded>
    </FormDialog>
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
