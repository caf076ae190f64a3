/** From what is typed to what the server takes 离职申请内容. */
import { Problem } from "@/lib/problem";
import type { Kind, NewDeparture } from "./calls";

/** A day as the picker holds it. */
type Picked = { format: (pattern: "YYYY-MM-DD") => string } | null | undefined;

/** The form as it stands, half filled perhaps. */
export type Draft = {
  employee_id?: string;
  kind?: string;
  received_on?: Picked;
  wished_on?: Picked;
  agreed_on?: Picked;
  last_working_day?: Picked;
  commission_cutoff_on?: Picked;
  pay_in_lieu?: boolean;
  local_notice_days?: number | null;
  occupational?: boolean;
  work_injury?: boolean;
  other_by_law?: boolean;
  medical?: Picked;
  maternity?: Picked;
  retires?: Picked;
  checked?: boolean;
  reason?: string;
};

const day = (picked: Picked) => picked?.format("YYYY-MM-DD");

/** Art. 40: a month's wage may be paid instead of thirty days' notice. */
export const knowsPayInLieu = (kind: Kind) => kind.notice === "thirty_days_or_one_month_pay";

/** How many days before its end a contract must be told to expire is the city's to say. */
export const asksLocalDays = (kind: Kind) => kind.notice === "local";

/** Only what the kind asks for is sent, and the check of protection only once it was made. */
export function wishOf(draft: Draft, kind: Kind): NewDeparture {
  const checked = kind.asks_protection && draft.checked;
  const local = asksLocalDays(kind) && draft.local_notice_days;
  return {
    employee_id: draft.employee_id,
    kind: kind.key,
    received_on: day(draft.received_on),
    wished_on: day(draft.wished_on),
    agreed_on: day(draft.agreed_on),
    last_working_day: day(draft.last_working_day),
    commission_cutoff_on: day(draft.commission_cutoff_on),
    ...(knowsPayInLieu(kind) && draft.pay_in_lieu && { pay_in_lieu: true }),
    ...(local && { local_notice_days: local }),
    ...(checked && {
      protected: {
        occupational_check_pending: draft.occupational ?? false,
        work_injury: draft.work_injury ?? false,
        other_by_law: draft.other_by_law ?? false,
        medical_until: day(draft.medical),
        maternity_until: day(draft.maternity),
        retires_on: day(draft.retires),
      },
    }),
    reason: draft.reason?.trim() ?? "",
  };
}

/** The same without any day, to learn what the kind asks for. */
export function undated(wish: NewDeparture): NewDeparture {
  const none = { received_on: undefined, wished_on: undefined, agreed_on: undefined };
  return { ...wish, ...none, last_working_day: undefined, commission_cutoff_on: undefined };
}

/** Whether the server refuses because no day was named where no notice period fixes one. */
export function lacksDay(problem: unknown): boolean {
  return problem instanceof Problem && problem.code === "departure.needs_day";
}

/** Whether the server waits for the check of protection, which comes further down in the form. */
export function lacksCheck(problem: unknown): boolean {
  return problem instanceof Problem && problem.code === "departure.protection_unchecked";
}

/** What the field for the reason asks for: the key of its words. */
export function reasonHint(kind: Kind | undefined) {
  if (!kind) return "reason_any";
  if (kind.key === "resignation") return "reason_hint";
  if (kind.key === "resignation_for_cause") return "fault_hint";
  if (kind.key.startsWith("mutual_")) return "reason_mutual";
  return kind.starter === "employer" ? "reason_facts" : "reason_any";
}
