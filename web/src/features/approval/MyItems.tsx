/** What the person looking can do: buttons, checklist, dialogs 我的办理. */
import { Button, Checkbox, Form, Input, Select } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { findColleagues } from "@/api/people";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { addressOf } from "@/lib/subject";
import { FormDialog } from "@/ui/FormDialog";
import { Panel } from "@/ui/Panel";
import { PersonSelect } from "@/ui/PersonSelect";
import { ProblemNote } from "@/ui/ProblemNote";
import { keepFocus } from "@/ui/useFocusBack";
import styles from "./approval.module.css";
import type { ButtonView, CaseView, MyItem } from "./calls";
import { commandOf, isPlain, needOf, type Filled } from "./command";
import { useCommand } from "./useCommand";
import { useShown } from "./useShown";
import { approvalWords } from "./words";

/** Its one step is an answer, which is given on the page of objections and ends it. */
const OBJECTION = "commission.objection";

export function MyItems({ of }: { of: CaseView }) {
  const w = useWords(approvalWords);
  return (
    <Panel title={w("for_you")}>
      {of.my_items.map((item) => (
        <OneItem key={item.item} of={of} item={item} />
      ))}
    </Panel>
  );
}

const looks: Readonly<Record<string, { type?: "primary"; danger?: boolean }>> = {
  approve: { type: "primary" },
  complete: { type: "primary" },
  claim: { type: "primary" },
  reject: { danger: true },
};

function OneItem({ of, item }: { of: CaseView; item: MyItem }) {
  const w = useWords(approvalWords);
  const language = useLanguage();
  const [checked, setChecked] = useState<string[]>([]);
  const [pressed, setPressed] = useState<ButtonView>();
  const act = useCommand(of.id, w("sent"));
  const claim = useCommand(of.id, w("claimed"));
  const title = (language === "en" && item.title_en) || item.title;
  const elsewhere = of.flow === OBJECTION ? addressOf(of.subject) : null;
  const buttons = item.buttons.filter(({ key }) => !(elsewhere && key === "complete"));
  const unticked = checked.length < item.checklist.length;
  const entries = item.checklist.map((value, at) => ({
    value,
    label: (language === "en" && item.checklist_en[at]) || value,
  }));
  const came = item[`came_${language}`];
  function press(button: ButtonView) {
    const plain = button.key === "claim" ? claim : act;
    const command = commandOf(button.key, item.item);
    if (isPlain(button.key)) plain.mutate(command, { onSuccess: keepFocus() });
    else setPressed(button);
  }
  return (
    <div className={styles.item}>
      <p className={styles.stepHead}>
        <strong>{title}</strong>
        <span className={styles.fine}>
          {language === "zh" ? item.holder.name : item.holder.name_en}
        </span>
        {item.due_at && (
          <span className={styles.fine}>
            {w("due_at")} {formatMoment(item.due_at)}
          </span>
        )}
      </p>
      {came && <p className={styles.fine}>{came}</p>}
      {item.checklist.length > 0 && (
        <fieldset className={styles.checklist}>
          <legend>{w("checklist")}</legend>
          <Checkbox.Group value={checked} onChange={setChecked} options={entries} />
        </fieldset>
      )}
      <div className={styles.buttons}>
        {elsewhere && <Link to={elsewhere}>{w("to_answer")}</Link>}
        {buttons.map((button) => (
          <Button
            key={button.key}
            {...looks[button.key]}
            disabled={button.key === "complete" && unticked}
            loading={act.isPending || claim.isPending}
            onClick={() => press(button)}
          >
            {button[language]}
          </Button>
        ))}
      </div>
      {unticked && !elsewhere && <p className={styles.fine}>{w("tick_all")}</p>}
      <ProblemNote problem={act.error ?? claim.error} />
      {pressed && (
        <CommandDialog
          of={of}
          item={item}
          button={pressed}
          checked={checked}
          onClose={() => setPressed(undefined)}
        />
      )}
    </div>
  );
}

type Props = {
  of: CaseView;
  item: MyItem;
  button: ButtonView;
  checked: string[];
  onClose: () => void;
};

function CommandDialog({ of, item, button, checked, onClose }: Props) {
  const w = useWords(approvalWords);
  const language = useLanguage();
  const [form] = Form.useForm<Filled>();
  const act = useCommand(of.id, w("sent"), onClose);
  const { comment, person, target } = needOf(button.key);
  const { waits, shown } = useShown(of);
  return (
    <FormDialog
      title={`${button[language]} · ${(language === "en" && item.title_en) || item.title}`}
      confirm={button[language]}
      form={form}
      busy={act.isPending || (button.key === "approve" && waits)}
      problem={act.error}
      initial={{ to: "initiator" }}
      onSubmit={(filled) =>
        act.mutate(commandOf(button.key, item.item, { ...filled, checked, shown }))
      }
      onClose={onClose}
    >
      {button.key === "complete" && <p className={styles.fine}>{w("complete_means")}</p>}
      {target && (
        <Form.Item name="to" label={w("target")}>
          <Select options={targetsOf(of, item, w("to_initiator"), w("to_previous"))} />
        </Form.Item>
      )}
      {person && (
        <Form.Item
          name="person"
          label={w("person")}
          rules={[{ required: true, message: w("person_must") }]}
        >
          <PersonSelect search={findColleagues} />
        </Form.Item>
      )}
      {comment !== "none" && (
        <Form.Item
          name="comment"
          label={w("comment")}
          rules={[
            { required: comment === "must", whitespace: true, message: w("comment_must") },
          ]}
        >
          <Input.TextArea rows={3} maxLength={2000} showCount />
        </Form.Item>
      )}
    </FormDialog>
  );
}

/** The initiator, the step before, and every step that was passed. */
function targetsOf(of: CaseView, item: MyItem, initiator: string, previous: string) {
  const passed = of.steps.filter(({ state, node }) => state === "passed" && node !== item.node);
  const nodes = new Map(passed.map(({ node, title }) => [node, title]));
  return [
    { value: "initiator", label: initiator },
    { value: "previous", label: previous },
    ...[...nodes].map(([value, label]) => ({ value, label })),
  ];
}
