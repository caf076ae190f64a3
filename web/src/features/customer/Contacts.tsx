/** Contact persons; phones and e-mails masked until asked for with a reason 联系人. */
import { Button, Checkbox, Form, Input } from "antd";
import { useState } from "react";
import { ONCE, type Schema } from "@/api/client";
import { useCan } from "@/api/session";
import { useWords } from "@/lib/language";
import { uuid } from "@/lib/uuid";
import { EmptyState } from "@/ui/EmptyState";
import { FormDialog } from "@/ui/FormDialog";
import { MaskedPhone } from "@/ui/MaskedPhone";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import { addContact, revealContact, type ContactItem, type CustomerView } from "./calls";
import styles from "./customer.module.css";
import { customerWords } from "./words";

export function Contacts({ of }: { of: CustomerView }) {
  const w = useWords(customerWords);
  const can = useCan();
  const [adding, setAdding] = useState(false);
  const add = can("customer.write") && of.state !== "merged" && (
    <Button onClick={() => setAdding(true)}>{w("add_contact")}</Button>
  );
  return (
    <>
      {of.contacts.length === 0 ? (
        <EmptyState title={w("no_contacts")} why={w("no_contacts_why")} next={add} />
      ) : (
        <div className={styles.toolbar}>{add}</div>
      )}
      <ul className={styles.cards}>
        {of.contacts.map((contact) => (
          <Card key={contact.id} of={contact} />
        ))}
      </ul>
      {adding && <AddContact id={of.id} onClose={() => setAdding(false)} />}
    </>
  );
}

function Card({ of }: { of: ContactItem }) {
  const w = useWords(customerWords);
  const may = useCan()("customer.reveal");
  const reveal = (field: "phone" | "email") =>
    may
      ? async (reason: string) =>
          (await revealContact(of.id, { [ONCE]: uuid() }, reason))[field] ?? "—"
      : undefined;
  return (
    <li>
      <p className={styles.person}>
        <strong>{of.name}</strong> {of.title}
        {of.is_primary && <StatusTag tone="busy">{w("primary")}</StatusTag>}
      </p>
      {of.phone && (
        <MaskedPhone masked={of.phone} what={w("phone")} onReveal={reveal("phone")} />
      )}
      {of.email && (
        <MaskedPhone masked={of.email} what={w("email")} onReveal={reveal("email")} />
      )}
    </li>
  );
}

type NewContact = Schema<"Card">;

function AddContact({ id, onClose }: { id: string; onClose: () => void }) {
  const w = useWords(customerWords);
  const [form] = Form.useForm<NewContact>();
  const act = useAct({
    run: (body: NewContact, headers) => addContact(id, headers, body),
    done: w("contact_saved"),
    refresh: [["customers", id]],
    form,
    inline: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={w("add_contact")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={w("contact_name")}
        rules={[{ required: true, whitespace: true, message: w("required") }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="title" label={w("contact_title")}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="phone" label={w("phone")}>
        <Input maxLength={40} inputMode="tel" />
      </Form.Item>
      <Form.Item name="email" label={w("email")}>
        <Input maxLength={100} inputMode="email" />
      </Form.Item>
      <Form.Item name="is_primary" valuePropName="checked">
        <Checkbox>{w("primary")}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
