/** Asks for signatures: who, in which order, at which level, until when 发起签署. */
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useNavigate } from "react-router";
import { findColleagues } from "@/api/people";
import { useSession } from "@/api/session";
import {
  requestSigning,
  signingOfferQuery,
  type SigningBrief,
  type SigningOffer,
} from "@/api/signings";
import { useLanguage, useWords } from "@/lib/language";
import { words } from "@/lib/words";
import { DayPicker } from "../DayPicker";
import { FormDialog } from "../FormDialog";
import { PersonSelect } from "../PersonSelect";
import { useAct } from "../useAct";
import styles from "./AskSignatures.module.css";

const askWords = words({
  ask: ["发起签署", "Ask for signatures"],
  ask_for: ["发起签署：{called}", "Ask for signatures: {called}"],
  asked: ["已发起签署，签署人会在待办中看到", "Asked; the signers find it among their tasks"],
  need_person: ["请选择签署人", "Please choose who signs"],
  company: ["公司（电子印章，用印须审批）", "The company (its seal, after approval)"],
  level: ["签署级别", "Level"],
  L0: ["签收（动态口令）", "Receipt (code)"],
  L1: ["约定电子签名（动态口令＋手写）", "Agreed signature (code and hand)"],
  L2: ["可靠电子签名（写入文件）", "Reliable signature (inside the file)"],
  turn: ["第 {turn} 顺位", "turn {turn}"],
  order: ["顺序", "Order"],
  deadline: ["签署期限", "Sign until"],
  need_deadline: ["请选择签署期限", "Please choose a deadline"],
  remove: ["不需要该签署人", "Leave this signer out"],
  restore: ["恢复该签署人", "Ask this signer"],
});

/** Whether nobody need be asked: it is under way, or everybody has signed. */
export const isBeingSigned = (signing?: SigningBrief | null) =>
  signing?.standing === "open" || signing?.standing === "complete";

type Props = { document: string; called: string };

export function AskSignatures({ document, called }: Props) {
  const w = useWords(askWords);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{w("ask")}</Button>
      {open && <Dialog document={document} called={called} onClose={() => setOpen(false)} />}
    </>
  );
}

function Dialog({ onClose, ...props }: Props & { onClose: () => void }) {
  const { data } = useQuery(signingOfferQuery(props.document));
  return data ? <AskForm offer={data} onClose={onClose} {...props} /> : null;
}

type Values = {
  seats: { person?: string; level: string; turn: number }[];
  deadline: Dayjs;
};

type FormProps = Props & { offer: SigningOffer; onClose: () => void };

function AskForm({ document, called, offer, onClose }: FormProps) {
  const w = useWords(askWords);
  const navigate = useNavigate();
  const { today } = useSession();
  const [form] = Form.useForm<Values>();
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const act = useAct({
    run: ({ seats, deadline }: Values, headers) =>
      requestSigning(headers, {
        document_id: document,
        deadline: deadline.format("YYYY-MM-DD"),
        seats: offer.seats.flatMap((seat, index) => {
          const wish = seats[index];
          if (left.has(index) || !wish) return [];
          const employee_id = seat.role === "company" ? null : (wish.person ?? null);
          return [{ role: seat.role, employee_id, level: wish.level, turn: wish.turn }];
        }),
      }),
    done: w("asked"),
    refresh: [["documents"], ["signings"]],
    inline: true,
    onDone: ({ id }) => {
      onClose();
      if (id) void navigate(`/signings/${id}`);
    },
  });
  const toggle = (index: number) => {
    const next = new Set(left);
    if (!next.delete(index)) next.add(index);
    setLeft(next);
  };
  return (
    <FormDialog<Values>
      title={w("ask_for", { called })}
      confirm={w("ask")}
      form={form}
      busy={act.isPending}
      problem={act.error}
      initial={{
        seats: offer.seats.map(({ person, level, turn }) => ({ person: person?.id, level, turn })),
        deadline: dayjs(offer.deadline),
      }}
      onSubmit={act.mutate}
      onClose={onClose}
    >
      {offer.seats.map((seat, index) => (
        <SeatFields
          key={index}
          of={seat}
          index={index}
          out={left.has(index)}
          onToggle={() => toggle(index)}
        />
      ))}
      <Form.Item
        name="deadline"
        label={w("deadline")}
        rules={[{ required: true, message: w("need_deadline") }]}
      >
        <DayPicker allowClear={false} disabledDate={(day) => day.isBefore(today, "day")} />
      </Form.Item>
    </FormDialog>
  );
}

const levels = ["L0", "L1", "L2"] as const;

type SeatProps = {
  of: SigningOffer["seats"][number];
  index: number;
  out: boolean;
  onToggle: () => void;
};

function SeatFields({ of, index, out, onToggle }: SeatProps) {
  const w = useWords(askWords);
  const language = useLanguage();
  const company = of.role === "company";
  return (
    <fieldset className={styles.seat}>
      <legend>{of[language]}</legend>
      {!out && !company && (
        <Form.Item
          name={["seats", index, "person"]}
          label={of[language]}
          rules={[{ required: true, message: w("need_person") }]}
        >
          <PersonSelect search={findColleagues} known={of.person ? [of.person] : []} />
        </Form.Item>
      )}
      {!out && company && <p className={styles.fine}>{w("company")}</p>}
      {!out && (
        <div className={styles.halves}>
          <Form.Item name={["seats", index, "level"]} label={w("level")}>
            <Select
              disabled={company}
              options={levels.map((value) => ({ value, label: w(value) }))}
            />
          </Form.Item>
          <Form.Item name={["seats", index, "turn"]} label={w("order")}>
            <Select
              options={[1, 2, 3, 4].map((turn) => ({ value: turn, label: w("turn", { turn }) }))}
            />
          </Form.Item>
        </div>
      )}
      {of.role !== "employee" && (
        <Button type="link" onClick={onToggle}>
          {w(out ? "restore" : "remove")}
        </Button>
      )}
    </fieldset>
  );
}
