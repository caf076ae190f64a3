/** One line of a statement: what, how much, why, and what was said of it 提成明细. */
import { Button } from "antd";
import { useState } from "react";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { formatMoney } from "@/lib/money";
import { DayText } from "@/ui/DayText";
import { Money } from "@/ui/Money";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import { AnswerForm } from "./AnswerForm";
import { attachmentOf, confirmLine, refresh, type Line, type Statement } from "./calls";
import styles from "./commission.module.css";
import { percentOf } from "@/lib/percent";
import { ObjectForm } from "./ObjectForm";
import { talkWords } from "./talkWords";
import { commissionWords } from "./words";

const tones = {
  waiting: "plain",
  confirmed: "good",
  objected: "bad",
  accepted: "good",
  partly: "warn",
  refused: "warn",
  put_right: "good",
} as const;

type Props = { of: Line; statement: Statement };

export function LineCard({ of, statement }: Props) {
  const w = useWords(commissionWords);
  const language = useLanguage();
  const [shown, setShown] = useState(false);
  const what = `${of.customer ?? ""} ${of.record}`.trim();
  const state = of.state in tones ? (of.state as keyof typeof tones) : "waiting";
  return (
    <li className={styles.line}>
      <div className={styles.head}>
        <strong className={styles.customer}>{of.customer ?? of.record}</strong>
        <span className={styles.pay}>
          <Money of={of.commission} />
        </span>
      </div>
      <div className={styles.facts}>
        <DayText of={of.earned_on} />
        <span>{of.kind === "advance" ? w("advance") : of.record}</span>
        {of.deal && <span>{[of.deal, of.deal_title].filter(Boolean).join(" ")}</span>}
        {of.base && <span>{w("base", { money: formatMoney(of.base) })}</span>}
        {typeof of.share === "number" && <span>{w("share", { share: percentOf(of.share) })}</span>}
        {of.payable_on && <span>{w("due", { day: of.payable_on })}</span>}
        <Paid of={of} />
      </div>
      <div className={styles.foot}>
        <StatusTag tone={tones[state]}>{w(state)}</StatusTag>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={shown}
          aria-label={w("why_of", { what })}
          onClick={() => setShown(!shown)}
        >
          {w("why")}
        </button>
        <Speaking of={of} statement={statement} what={what} />
      </div>
      {shown && (
        <ol className={styles.why}>
          {of.why.map((one) => (
            <li key={one.zh}>{one[language]}</li>
          ))}
        </ol>
      )}
      {of.said.length > 0 && (
        <ul className={styles.said}>
          {of.said.map((word) => (
            <Word key={word.at} of={word} line={of.key} month={statement.month} />
          ))}
        </ul>
      )}
    </li>
  );
}

type WordProps = { of: Line["said"][number]; line: string; month: string };

/** One word about the line, with what was claimed or granted and the file that came with it. */
function Word({ of, line, month }: WordProps) {
  const w = useWords(commissionWords);
  const talk = useWords(talkWords);
  const { wanted, attachment } = of;
  return (
    <li>
      <span>{w(of.said)}</span>
      {wanted && (
        <span>
          {talk(of.said === "partly" ? "grants" : "claims", { money: formatMoney(wanted) })}
        </span>
      )}
      <span>
        {of.reason
          ? w("said_of", { name: of.by?.name ?? "", reason: of.reason })
          : of.by?.name}
      </span>
      {attachment && (
        <a href={attachmentOf(month, line, attachment.seq)} target="_blank" rel="noreferrer">
          {talk("see_attachment", { name: attachment.name })}
        </a>
      )}
      <span className={styles.fine}>{formatMoment(of.at)}</span>
    </li>
  );
}

/** The third date: when it was paid, or what it waits for. */
function Paid({ of }: { of: Line }) {
  const w = useWords(commissionWords);
  const held = /[1-9]/.test(of.withheld.amount);
  return (
    <>
      {of.pay === "paid" && of.paid_on && <span>{w("pay_paid", { day: of.paid_on })}</span>}
      {of.pay === "part" && <span>{w("pay_part", { money: formatMoney(of.paid) })}</span>}
      {of.pay === "payable" && <span>{w("pay_payable")}</span>}
      {of.pay === "set_off" && <span>{w("pay_set_off")}</span>}
      {held && <span>{w("pay_withheld", { money: formatMoney(of.withheld) })}</span>}
    </>
  );
}

type SpeakingProps = Props & { what: string };

/** The payee confirms or objects; superior or finance answers an objection. */
function Speaking(props: SpeakingProps) {
  const { of, statement } = props;
  const objected = of.state === "objected";
  return (
    <>
      {statement.may.includes("confirm") && !objected && <Own {...props} />}
      {statement.may.includes("answer") && objected && <Answering {...props} />}
    </>
  );
}

function Own({ of, statement, what }: SpeakingProps) {
  const w = useWords(commissionWords);
  const talk = useWords(talkWords);
  const [open, setOpen] = useState(false);
  const { month } = statement;
  const confirm = useAct<string>({
    run: (key, once) => confirmLine(key, { month }, once),
    done: w("confirmed_ok"),
    refresh,
  });
  return (
    <>
      {of.state === "waiting" && (
        <Button
          size="small"
          aria-label={w("confirm_of", { what })}
          loading={confirm.isPending}
          onClick={() => confirm.mutate(of.key)}
        >
          {w("confirm")}
        </Button>
      )}
      <Button
        size="small"
        type="text"
        aria-label={talk("object_of", { what })}
        onClick={() => setOpen(true)}
      >
        {talk("object")}
      </Button>
      {open && <ObjectForm of={of} month={month} onClose={() => setOpen(false)} />}
    </>
  );
}

function Answering({ of, statement, what }: SpeakingProps) {
  const talk = useWords(talkWords);
  const [open, setOpen] = useState(false);
  const last = of.said.at(-1);
  return (
    <>
      <Button
        size="small"
        aria-label={talk("answer_of", { what })}
        onClick={() => setOpen(true)}
      >
        {talk("answer")}
      </Button>
      {open && (
        <AnswerForm
          of={{
            month: statement.month,
            key: of.key,
            name: statement.payee?.name ?? "",
            reason: last?.reason ?? "",
            amount: of.commission,
            claimed: last?.wanted ?? undefined,
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
