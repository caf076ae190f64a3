/** The papers of a plan: for each customer, each receiver and the whole 交接文书. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Select } from "antd";
import { useState } from "react";
import {
  documentsOf,
  fileOf,
  issueOne,
  planOffersOf,
  previewDocument,
  type PlanOffer,
  type PlanOffers,
  type PlanPart,
} from "@/api/documents";
import { useCan } from "@/api/session";
import { useLanguage, useWords } from "@/lib/language";
import { bracketed, clauses } from "@/lib/marks";
import { asProblem, explain, inOneLine } from "@/lib/problem";
import { words } from "@/lib/words";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { AskSignatures, isBeingSigned } from "@/ui/record/AskSignatures";
import { DocumentRows } from "@/ui/record/DocumentRows";
import { PaperDialog, type Filled } from "@/ui/record/PaperDialog";
import styles from "./handover.module.css";

const paperWords = words({
  papers: ["交接文书", "Papers of the handover"],
  to_issue: ["可出具的文书", "Papers to issue"],
  issued: ["最近出具", "Issued lately"],
  done: ["已出具 {done} / {all}", "{done} of {all} issued"],
  whole: ["已出具", "Issued"],
  none: ["尚未出具", "Not issued yet"],
  nobody: ["方案中没有对应的客户或接替人", "The plan has no customer or receiver for it"],
  open: ["填写并出具", "Fill in and issue"],
  for_whom: ["为谁出具", "About whom"],
  need_one: ["请选择至少一个", "Please choose one at least"],
  all_left: ["选择全部未出具的（{count}）", "All not issued yet ({count})"],
  preview_first: ["预览以所选的第一个为准。", "The preview shows the first of them."],
  issued_ok: ["已出具 {count} 份", "{count} issued"],
  issued_some: ["已出具 {count} 份；未出具：{left}", "{count} issued; not issued: {left}"],
});

export function PlanPapers({ plan }: { plan: string }) {
  const w = useWords(paperWords);
  const language = useLanguage();
  const can = useCan();
  const offers = useQuery({
    queryKey: ["documents", "plan-offers", plan],
    queryFn: () => planOffersOf(plan),
  });
  const issued = useQuery({
    queryKey: ["documents", "plan", plan],
    queryFn: () => documentsOf({ plan }),
  });
  return (
    <Panel title={w("papers")}>
      <Loaded query={offers}>
        {(known) => (
          <ul className={styles.plain} aria-label={w("to_issue")}>
            {known.offers.map((offer) => (
              <Row key={offer.kind} of={offer} known={known} plan={plan} />
            ))}
          </ul>
        )}
      </Loaded>
      {(issued.data?.items.length ?? 0) > 0 && (
        <section aria-label={w("issued")}>
          <h3>{w("issued")}</h3>
          <DocumentRows
            of={issued.data?.items ?? []}
            fileOf={fileOf}
            action={(row) =>
              can("signing.request") && !isBeingSigned(row.signing) ? (
                <AskSignatures document={row.id} called={`${row[language]} ${row.number}`} />
              ) : null
            }
          />
        </section>
      )}
    </Panel>
  );
}

const partsOf = ({ about }: PlanOffer, known: PlanOffers): PlanPart[] =>
  about === "customer" ? known.customers : about === "receiver" ? known.receivers : [];

function Row({ of, known, plan }: { of: PlanOffer; known: PlanOffers; plan: string }) {
  const w = useWords(paperWords);
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const parts = partsOf(of, known);
  const done = parts.filter(({ issued }) => issued[of.kind]).length;
  const whole = of.about === "plan";
  const no = of.in_the_way;
  const help = language === "zh" ? no?.remedy : no?.remedy_en;
  const state = whole
    ? w(of.issued ? "whole" : "none")
    : parts.length === 0
      ? w("nobody")
      : w("done", { done, all: parts.length });
  return (
    <li>
      <strong>{of[language]}</strong>
      <span className={styles.fine}>
        {no ? inOneLine([no[language], help], language) : state}
      </span>
      <Button
        disabled={Boolean(no) || (!whole && parts.length === 0)}
        onClick={() => setOpen(true)}
      >
        {w("open")}
      </Button>
      {open && <Dialog of={of} parts={parts} plan={plan} onClose={() => setOpen(false)} />}
    </li>
  );
}

type DialogProps = { of: PlanOffer; parts: PlanPart[]; plan: string; onClose: () => void };

function Dialog({ of, parts, plan, onClose }: DialogProps) {
  const w = useWords(paperWords);
  const language = useLanguage();
  const client = useQueryClient();
  const { message } = App.useApp();
  const left = parts.filter(({ issued }) => !issued[of.kind]).map(({ id }) => id);
  const only = parts.length === 1 ? parts[0]?.id : undefined;
  const [chosen, setChosen] = useState<string[]>(only ? [only] : []);
  const [progress, setProgress] = useState<number>();
  const aboutOf = (id?: string) => ({
    plan,
    customer: of.about === "customer" ? id : undefined,
    receiver: of.about === "receiver" ? id : undefined,
  });
  const whole = of.about === "plan";
  const again = whole ? Boolean(of.issued) : chosen.some((id) => !left.includes(id));

  /** One after the other, so that numbers follow each other; a refusal stops none but its own. */
  async function run(filled: Filled) {
    const targets = whole ? [undefined] : chosen;
    const refused: string[] = [];
    for (const [n, id] of targets.entries()) {
      const because = id && left.includes(id) ? "" : filled.because;
      try {
        await issueOne({ kind: of.kind, about: aboutOf(id), typed: filled.typed, because });
      } catch (thrown) {
        // Alone it is told in the form, where it can be put right.
        if (targets.length === 1) throw thrown;
        const name = parts.find((part) => part.id === id)?.name ?? "";
        refused.push(bracketed(name, explain(asProblem(thrown), language).title));
      }
      setProgress(targets.length > 1 ? (n + 1) / targets.length : undefined);
    }
    void client.invalidateQueries({ queryKey: ["documents"] });
    const count = targets.length - refused.length;
    if (refused.length === 0) void message.success(w("issued_ok", { count }));
    else void message.warning(w("issued_some", { count, left: clauses(refused) }), 12);
  }

  return (
    <PaperDialog
      title={of[language]}
      form={of.form}
      filled={of.filled}
      again={again}
      progress={progress}
      preview={({ typed }) =>
        previewDocument({ kind: of.kind, about: aboutOf(whole ? undefined : chosen[0]), typed })
      }
      issue={run}
      onClose={onClose}
    >
      {!whole && <Targets of={of} parts={parts} chosen={chosen} onChoose={setChosen} />}
      {!whole && left.length > 1 && <AllLeft ids={left} onChoose={setChosen} />}
    </PaperDialog>
  );
}

type TargetsProps = {
  of: PlanOffer;
  parts: PlanPart[];
  chosen: string[];
  onChoose: (ids: string[]) => void;
};

function Targets({ of, parts, chosen, onChoose }: TargetsProps) {
  const w = useWords(paperWords);
  return (
    <Form.Item
      label={w("for_whom")}
      name="parts"
      initialValue={chosen}
      extra={chosen.length > 1 ? w("preview_first") : undefined}
      rules={[{ required: true, message: w("need_one") }]}
    >
      <Select
        mode="multiple"
        maxTagCount={5}
        onChange={onChoose}
        optionFilterProp="label"
        options={parts.map(({ id, name, receiver, issued }) => ({
          value: id,
          label: [name, receiver && `→ ${receiver}`, issued[of.kind] && w("whole")]
            .filter(Boolean)
            .join(" "),
        }))}
      />
    </Form.Item>
  );
}

function AllLeft({ ids, onChoose }: { ids: string[]; onChoose: (ids: string[]) => void }) {
  const w = useWords(paperWords);
  const form = Form.useFormInstance();
  return (
    <p>
      <Button
        size="small"
        onClick={() => {
          form.setFieldValue("parts", ids);
          onChoose(ids);
        }}
      >
        {w("all_left", { count: ids.length })}
      </Button>
    </p>
  );
}
