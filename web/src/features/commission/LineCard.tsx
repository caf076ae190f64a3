/** One line of a statement: what, how much, why, and what was said of it 提成明细. */
import { Button } from "antd";
import { useState } from "react";
import { formatMoment } from "@/lib/day";
import { useLanguage, useWords } from "@/lib/language";
import { formatMoney } from "@/lib/money";
import { DayText } from "@/ui/DayText";
import { Money } from "@/ui/Money";
import { ReasonDialog } from "@/ui/ReasonDialog";
import { StatusTag } from "@/ui/StatusTag";
import { useAct } from "@/ui/useAct";
import {
  answerLine,
  confirmLine,
  objectToLine,
  refresh,
  type Line,
  type Statement,
} from "./calls";
import styles from "./commission.module.css";
import { percentOf } from "@/lib/percent";
import { commissionWords } from "./words";

const tones = {
  waiting: "plain",
  confirmed: "good",
  objected: "bad",
  accepted: "good",
  refused: "warn",
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
            <li key={word.at}>
              <span>{w(word.said)}</span>
              <span>
                {word.reason
                  ? w("said_of", { name: word.by?.name ?? "", reason: word.reason })
                  : word.by?.name}
              </span>
              <span className={styles.fine}>{formatMoment(word.at)}</span>
            </li>
          ))}
        </ul>
      )}
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

/** The payee confirms or objects; finance answers an objection. */
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
  const [open, setOpen] = useState(false);
  const { month } = statement;
  const confirm = useAct<string>({
    run: (key, once) => confirmLine(key, { month }, once),
    done: w("confirmed_ok"),
    refresh,
  });
  const object = useAct({
    run: (reason: string, once) => objectToLine(of.key, { month, reason }, once),
    done: w("objected_ok"),
    refresh,
    inline: true,
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
        aria-label={w("object_of", { what })}
        onClick={() => setOpen(true)}
      >
        {w("object")}
      </Button>
      <ReasonDialog
        open={open}
        title={w("object_title")}
        confirm={w("send_objection")}
        onConfirm={(reason) => object.mutateAsync(reason)}
        onClose={() => setOpen(false)}
      >
        <p>{w("object_means")}</p>
      </ReasonDialog>
    </>
  );
}

function Answering({ of, statement }: SpeakingProps) {
  const w = useWords(commissionWords);
  const [open, setOpen] = useState<"accept" | "refuse">();
  const { month } = statement;
  const answer = useAct({
    run: (said: { accept: boolean; reason: string }, once) =>
      answerLine(of.key, { month, ...said }, once),
    done: w("answered_ok"),
    refresh,
    inline: true,
  });
  return (
    <>
      <Button size="small" onClick={() => setOpen("accept")}>
        {w("accept")}
      </Button>
      <Button size="small" danger onClick={() => setOpen("refuse")}>
        {w("refuse")}
      </Button>
      <ReasonDialog
        open={open !== undefined}
        title={w(open ?? "accept")}
        confirm={w("send_answer")}
        onConfirm={(reason) => answer.mutateAsync({ accept: open === "accept", reason })}
        onClose={() => setOpen(undefined)}
      >
        <p>{w(open === "refuse" ? "refuse_means" : "accept_means")}</p>
      </ReasonDialog>
    </>
  );
}
