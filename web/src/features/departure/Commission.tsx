/** Open commission of a leaver: each contract with its decision 离职提成结算. */
import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox } from "antd";
import { useState } from "react";
import { useCan } from "@/api/session";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { formatMoney } from "@/lib/money";
import { DayText } from "@/ui/DayText";
import { Loaded } from "@/ui/Loaded";
import { Money } from "@/ui/Money";
import { Panel } from "@/ui/Panel";
import { ReasonDialog } from "@/ui/ReasonDialog";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import { exitQuery, exitVerbs, type ExitCommission, type ExitItem } from "./calls";
import styles from "./commission.module.css";
import { DecisionForm } from "./DecisionForm";
import { exitWords } from "./exitWords";

export function Commission({ departure }: { departure: string }) {
  const w = useWords(exitWords);
  const can = useCan();
  const query = useQuery({ ...exitQuery(departure), enabled: can("commission.read") });
  if (!can("commission.read")) return null;
  return (
    <Panel title={w("title")}>
      <Loaded query={query}>{(of) => <Open departure={departure} of={of} />}</Loaded>
    </Panel>
  );
}

function Open({ departure, of }: { departure: string; of: ExitCommission }) {
  const w = useWords(exitWords);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState<readonly string[]>();
  const decides = of.may.includes("decide");
  if (of.items.length === 0) {
    return (
      <>
        <p className={styles.fine}>{w("none")}</p>
        <BeforeBooks of={of} />
      </>
    );
  }
  const blank = of.items.filter(({ lacks }) => lacks === "decision");
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <>
      <p className={styles.fine}>{w("note", { day: of.cut_off })}</p>
      <Sums of={of} />
      <BeforeBooks of={of} />
      {decides && (
        <div className={styles.bulk}>
          <Button
            disabled={blank.length === 0}
            onClick={() => setChosen(blank.map(({ deal_id }) => deal_id))}
          >
            {w("choose_all")}
          </Button>
          <Button
            type="primary"
            disabled={chosen.length === 0}
            onClick={() => setAsking(chosen)}
          >
            {w("decide", { count: chosen.length })}
          </Button>
        </div>
      )}
      <ul className={styles.items}>
        {of.items.map((item) => (
          <One
            key={item.deal_id}
            departure={departure}
            of={item}
            may={of.may}
            chosen={chosen.includes(item.deal_id)}
            onChoose={() => toggle(item.deal_id)}
            onDecide={() => setAsking([item.deal_id])}
          />
        ))}
      </ul>
      <Supplements of={of} />
      {of.statement_due && (
        <p className={styles.fine}>{w("statement_due", { day: of.statement_due })}</p>
      )}
      {asking && (
        <DecisionForm
          departure={departure}
          deals={asking}
          items={of.items}
          onClose={() => {
            setAsking(undefined);
            setChosen([]);
          }}
        />
      )}
    </>
  );
}

function Sums({ of }: { of: ExitCommission }) {
  const w = useWords(exitWords);
  const unpaid = (["unpaid", "withheld"] as const).filter((sum) =>
    /[1-9]/.test(of[sum].amount),
  );
  return (
    <dl className={styles.sums}>
      {(["owed", "to_come", ...unpaid] as const).map((sum) => (
        <div key={sum}>
          <dt>{w(sum)}</dt>
          <dd>
            <Money of={of[sum]} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What was earned before the first month is settled elsewhere, and nobody should forget it. */
function BeforeBooks({ of }: { of: ExitCommission }) {
  const w = useWords(exitWords);
  const month = of.first_month;
  if (!month) return null;
  const money = formatMoney(of.before_books);
  return (
    <>
      {/[1-9]/.test(of.before_books.amount) && (
        <p className={styles.fine}>{w("before_books", { month, money })}</p>
      )}
      {of.begins && <p className={styles.fine}>{w("begins", { month, day: of.begins })}</p>}
    </>
  );
}

const tones = { decision: "bad", answer: "bad", second_person: "warn" } as const;

type OneProps = {
  departure: string;
  of: ExitItem;
  may: readonly string[];
  chosen: boolean;
  onChoose: () => void;
  onDecide: () => void;
};

function One({ departure, of, may, chosen, onChoose, onDecide }: OneProps) {
  const w = useWords(exitWords);
  const language = useLanguage();
  const what = `${of.number} ${of.customer}`;
  const decides = may.includes("decide");
  const verb = of.decided && !of.suggested ? "change" : "decide";
  const decision = of.suggested ?? of.decided;
  const settled = of.now !== null && of.now !== undefined;
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        {decides && (
          <Checkbox
            checked={chosen}
            onChange={onChoose}
            aria-label={w("choose", { what })}
          />
        )}
        <strong className={styles.grow}>
          {of.number} {of.title}
          <small>{of.customer}</small>
        </strong>
        {of.lacks ? (
          <StatusTag tone={tones[of.lacks]}>{w(`lacks_${of.lacks}`)}</StatusTag>
        ) : (
          <StatusTag tone="good">{w(settled ? "settled" : "in_order")}</StatusTag>
        )}
      </div>
      <Facts of={of} />
      <PassedOn by={of.passed_on} />
      {of.void && of.passed_on && (
        <p className={styles.fine}>
          {of.passed_on.plan ? w("void", { plan: of.passed_on.plan }) : w("void_by_no_plan")}
        </p>
      )}
      {decision && (
        <p className={styles.decision}>
          {w(of.suggested ? "suggested" : "decided", { what: decision[language] })}
        </p>
      )}
      <Said of={of} />
      <div className={styles.foot}>
        {decides && (
          <Button size="small" aria-label={w(`${verb}_of`, { what })} onClick={onDecide}>
            {w(`${verb}_one`)}
          </Button>
        )}
        {decides && of.lacks === "second_person" && (
          <Checking departure={departure} deal={of.deal_id} what={what} />
        )}
        {may.includes("object") && (
          <Objecting departure={departure} deal={of.deal_id} what={what} />
        )}
        {decides && of.decided && (
          <Objecting departure={departure} deal={of.deal_id} what={what} written />
        )}
      </div>
    </li>
  );
}

/** What terms of a handover that he was not asked about take of it. */
function PassedOn({ by }: { by: ExitItem["passed_on"] }) {
  const w = useWords(exitWords);
  const language = useLanguage();
  if (!by) return null;
  const { plan, leaves, leaves_on: day } = by;
  if (!plan) return <p className={styles.fine}>{w("passed_on_by_no_plan")}</p>;
  return (
    <p className={styles.fine}>
      {leaves
        ? w("left_part", { plan, terms: by[language], day, money: formatMoney(leaves) })
        : w("passed_on", { plan })}
    </p>
  );
}

function Facts({ of }: { of: ExitItem }) {
  const w = useWords(exitWords);
  return (
    <div className={styles.facts}>
      <span>
        {w("owed")} <Money of={of.owed} />
      </span>
      <span>
        {w("to_come")} <Money of={of.to_come} />
      </span>
      {of.now && (
        <span>
          {w("now")} <Money of={of.now} />
        </span>
      )}
      {of.later && (
        <span>
          {w("later")} <Money of={of.later} />
        </span>
      )}
      {of.uncollected && (
        <span>{w("uncollected", { money: formatMoney(of.uncollected) })}</span>
      )}
      {of.signed_on && <span>{w("signed", { day: of.signed_on })}</span>}
    </div>
  );
}

function Said({ of }: { of: ExitItem }) {
  const w = useWords(exitWords);
  const language = useLanguage();
  if (of.said.length === 0) return null;
  return (
    <ul className={styles.said}>
      {of.said.map((word) => {
        const told = [word.decided?.[language], word.reason].filter(Boolean).join(" · ");
        const name = word.by?.name ?? "";
        return (
          <li key={word.at}>
            <span>{w(`said_${word.said}`)}</span>
            <span>{told ? w("said_of", { name, reason: told }) : name}</span>
            <span className={styles.fine}>{formatMoment(word.at)}</span>
          </li>
        );
      })}
    </ul>
  );
}

type SpeakingProps = { departure: string; deal: string; what: string };

const refresh = [["departures"], ["commission"]] as const;

function Checking({ departure, deal, what }: SpeakingProps) {
  const w = useWords(exitWords);
  const check = useAct<string>({
    run: (deal_id, once) => exitVerbs.check(departure, once, { deal_id }),
    done: w("checked_ok"),
    refresh,
  });
  return (
    <Button
      size="small"
      loading={check.isPending}
      aria-label={w("check_of", { what })}
      onClick={() => check.mutate(deal)}
    >
      {w("check")}
    </Button>
  );
}

/** The leaver speaks for himself; what he wrote whoever decides takes down. */
function Objecting({ departure, deal, what, written }: SpeakingProps & { written?: boolean }) {
  const w = useWords(exitWords);
  const [open, setOpen] = useState(false);
  const object = useAct({
    run: (reason: string, once) =>
      exitVerbs.object(departure, once, { deal_id: deal, reason, in_writing: written === true }),
    done: w("objected_ok"),
    refresh,
    inline: true,
  });
  return (
    <>
      <Button
        size="small"
        aria-label={w(written ? "written_of" : "object_of", { what })}
        onClick={() => setOpen(true)}
      >
        {w(written ? "written" : "object")}
      </Button>
      <ReasonDialog
        open={open}
        title={w(written ? "written_title" : "object_title")}
        onConfirm={(reason) => object.mutateAsync(reason)}
        onClose={() => setOpen(false)}
      >
        <p>{w(written ? "written_means" : "object_means")}</p>
      </ReasonDialog>
    </>
  );
}

function Supplements({ of }: { of: ExitCommission }) {
  const w = useWords(exitWords);
  if (of.supplements.length === 0) return null;
  return (
    <section className={styles.later} aria-label={w("supplements")}>
      <h3>{w("supplements")}</h3>
      <p className={styles.fine}>{w("supplements_note")}</p>
      <ul className={styles.said}>
        {of.supplements.map((one, at) => (
          // The server gives them in a fixed order and without names.
          <li key={at}>
            <span>{one.month}</span>
            <span>{one.number}</span>
            <DayText of={one.earned_on} />
            <Money of={one.commission} />
            <span className={styles.fine}>{w(one.closed ? "closed" : "running")}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
