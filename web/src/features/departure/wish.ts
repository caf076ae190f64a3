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

/** Only what the kind asks for is sent, and the check of protection only once it was made. */
export function wishOf(draft: Draft, kind: Kind): NewDeparture {
  const checked = kind.asks_protection && draft.checked;
  return {
    employee_id: draft.employee_id,
    kind: kind.key,
    received_on: day(draft.received_on),
    wished_on: day(draft.wished_on),
    agreed_on: day(draft.agreed_on),
    last_working_day: day(draft.last_working_day),
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
  return { ...wish, ...none, last_working_day: undefined };
}

/** Whether the server refuses because no day was named where no notice period fixes one. */
export function lacksDay(problem: unknown): boolean {
  return problem instanceof Problem && problem.code === "departure.needs_day";
}
