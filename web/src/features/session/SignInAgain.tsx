/**
 * The session has ended under somebody's hands: signing in over the page, so that what was typed
 * is still there afterwards. Nothing of the page shows meanwhile 重新登录.
 */
import { useQueryClient } from "@tanstack/react-query";
import { Alert, Form, Modal } from "antd";
import { resumeSession, type Session } from "@/api/session";
import { useWords } from "@/lib/language";
import { letGo } from "@/ui/unsaved";
import { useFocusBack } from "@/ui/useFocusBack";
import styles from "./SignInAgain.module.css";
import { SignInForm, type Credentials } from "./SignInForm";
import { sessionWords } from "./words";

type Props = {
  before: Session;
  /** Why the session has ended, by the server. */
  code?: string;
  /** A fresh page, so that nothing of what was seen stays in memory. */
  leave?: (to: string) => void;
};

/** Tabs share one cookie: in another one, somebody else has signed in. */
const OTHER_PERSON = "session.other_person";

export function SignInAgain({ before, code, leave = (to) => location.assign(to) }: Props) {
  useFocusBack();
  const w = useWords(sessionWords);
  const client = useQueryClient();
  const [form] = Form.useForm<Credentials>();
  return (
    <Modal
      open
      title={w("again_title")}
      footer={null}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      zIndex={2000}
      width={420}
      classNames={{ mask: styles.mask }}
      afterOpenChange={(open) => {
        const field = form.getFieldInstance("password") as HTMLElement | undefined;
        if (open) field?.focus();
      }}
    >
      <Alert
        className={styles.alert}
        type="warning"
        showIcon
        title={w(code === OTHER_PERSON ? "ended_other" : "ended")}
        description={w("ended_why", { name: before.login.name })}
      />
      <SignInForm
        form={form}
        number={before.login.number}
        onIn={(session) => {
          if (resumeSession(client, session)) return;
          letGo();
          leave("/");
        }}
      />
      <p className={styles.help}>
        <a href="/login" onClick={letGo}>
          {w("give_up")}
        </a>
      </p>
    </Modal>
  );
}
