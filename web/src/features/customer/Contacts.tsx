/** Contact persons; phones and e-mails masked until asked for with a reason 联系人. */
import { Button, Checkbox, Form, Input } from "antd";
import { useState } from "react";
import { ONCE, type Schema } from "@/api/client";
import { useCan } from "@/api/session";
import { useWords } from "@/lib/language";
import { uuid } from "@/lib/uuid";
import { MomentText } from "@/ui/DayText";
import { EmptyState } from "@/ui/EmptyState";
import { FormDialog } from "@/ui/FormDialog";
import { MaskedPhone } from "@/ui/MaskedPhone";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import {
  addContact,
  changeContact,
  revealContact,
  type ContactItem,
  type CustomerView,
} from "./calls";
import styles from "./customer.module.css";
import { customerWords } from "./words";

export function Contacts({ of }: { of: CustomerView }) {
  const w = useWords(customerWords);
  const can = useCan();
  const [open, setOpen] = useState<"add" | ContactItem>();
  const live = of.state !== "merged";
  const mayChange = can("customer.change") && live;
  const add = can("customer.write") && live && (
    <Button onClick={() => setOpen("add")}>{w("add_contact")}</Button>
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
          <Card
            key={contact.id}
            of={contact}
            onEdit={mayChange ? () => setOpen(contact) : undefined}
          />
        ))}
      </ul>
      {open && (
        <ContactForm
          customer={of.id}
          of={open === "add" ? undefined : open}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}

function Card({ of, onEdit }: { of: ContactItem; onEdit?: () => void }) {
  const w = useWords(customerWords);
  const may = useCan()("customer.reveal");
  /** What stands there, or what an edit replaced at that moment. */
  const reveal = (field: "phone" | "email", replaced?: string) =>
    may
      ? async (reason: string) => {
          const shown = await revealContact(of.id, { [ONCE]: uuid() }, reason);
          const from = replaced ? shown.former.find((one) => one.replaced_at === replaced) : shown;
          return from?.[field] ?? "—";
        }
      : undefined;
  return (
    <li>
      <p className={styles.person}>
        <strong>{of.name}</strong> {of.title}
        {of.is_primary && <StatusTag tone="busy">{w("primary")}</StatusTag>}
        {onEdit && (
          <Button
            type="link"
            size="small"
            aria-label={w("edit_contact_of", { name: of.name })}
            onClick={onEdit}
          >
            {w("edit_contact")}
          </Button>
        )}
      </p>
      {of.phone && (
        <MaskedPhone masked={of.phone} what={w("phone")} onReveal={reveal("phone")} />
      )}
      {of.email && (
        <MaskedPhone masked={of.email} what={w("email")} onReveal={reveal("email")} />
      )}
      {of.former.map((was) => (
        <div key={was.replaced_at} className={styles.former}>
          <span>
            {w("former_until")} <MomentText of={was.replaced_at} />
          </span>
          {was.phone && (
            <MaskedPhone
              masked={was.phone}
              what={w("former_phone")}
              onReveal={reveal("phone", was.replaced_at)}
            />
          )}
          {was.email && (
            <MaskedPhone
              masked={was.email}
              what={w("former_email")}
              onReveal={reveal("email", was.replaced_at)}
            />
          )}
        </div>
      ))}
    </li>
  );
}

type Draft = Schema<"Card">;
type FormProps = { customer: string; of?: ContactItem; onClose: () => void };

/** A new contact, or what is written down of one that is there. */
function ContactForm({ customer, of, onClose }: FormProps) {
  const w = useWords(customerWords);
  const [form] = Form.useForm<Draft>();
  // As it was when the dialog opened.
  const [shown] = useState(of);
  const act = useAct({
    run: ({ phone, email, ...rest }: Draft, headers) => {
      // Both are shown masked, so nobody can send them back; what is left empty stays.
      const kept = (typed?: string | null) => typed?.trim() || undefined;
      const body = { ...rest, phone: kept(phone), email: kept(email) };
      return shown
        ? changeContact(shown.id, headers, { ...body, seen: shown.version })
        : addContact(customer, headers, body);
    },
    done: w("contact_saved"),
    refresh: [["customers", customer]],
    form,
    inline: true,
    onDone: onClose,
  });
  const keeps = (masked?: string | null) => masked && w("keep_hint", { masked });
  return (
    <FormDialog
      title={of ? w("edit_contact_of", { name: of.name }) : w("add_contact")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={of && { name: of.name, title: of.title, is_primary: of.is_primary }}
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
      <Form.Item name="phone" label={w("phone")} extra={keeps(of?.phone)}>
        <Input maxLength={40} inputMode="tel" />
      </Form.Item>
      <Form.Item name="email" label={w("email")} extra={keeps(of?.email)}>
        <Input maxLength={100} inputMode="email" />
      </Form.Item>
      <Form.Item name="is_primary" valuePropName="checked">
        <Checkbox>{w("primary")}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
