/** What the server tells and takes about departures 离职接口. */
import { queryOptions } from "@tanstack/react-query";
import { read, write } from "@/api/ahead";
import type { Page } from "@/api/page";
import type { PersonName } from "@/api/people";

export type Why = { code: string; zh: string; en: string };

export type Kind = {
  key: string;
  zh: string;
  en: string;
  basis: string;
  starter: "employee" | "employer" | "law";
  compensation: string;
  union_first: boolean;
  note_zh: string;
  note_en: string;
};

export type Clocks = {
  employment_ends_on: string;
  last_working_day: string;
  commission_cutoff_on: string;
};

export type Dates = {
  notice_days: number;
  received_on: string;
  earliest_on: string;
  clocks: Clocks;
  file_transfer_by: string;
  certain: boolean;
  agreed: boolean;
  reasons: Why[];
  follows: Why[];
  protections: Why[];
};

/** One step of the process, begun or to come. */
export type Step = {
  node: string;
  zh: string;
  en: string;
  kind: "approve" | "task" | "wait";
  state: string;
  state_zh: string;
  holders: { person: PersonName | null; pool: string | null; name: string }[];
  who_zh: string[];
  due_at: string | null;
  overdue: boolean;
  done_at: string | null;
  comment: string;
  item: number | null;
  checklist: string[];
  buttons: { key: string; zh: string; en: string }[];
};

/** A step of a process that has not been started. */
export type StepAhead = {
  node: string;
  zh: string;
  en: string;
  who_zh: string[];
  within_zh: string;
  within_en: string;
};

export type Gate = {
  key: string;
  zh: string;
  en: string;
  state: "green" | "red" | "waived";
  missing_count: number;
  missing: { id: string; zh: string; en: string }[];
  legal_note: string;
  may_be_waived: boolean;
  waived_because: string | null;
};

export type Duty = {
  key: string;
  zh: string;
  en: string;
  basis: string;
  may_wait: boolean;
  due_on: string | null;
};

export type Stage = { key: string; zh: string; en: string };

export type Preview = { kind: Kind; dates: Dates; tasks: StepAhead[]; duties: Duty[] };

export type BoardItem = {
  id: string;
  number: string;
  employee: PersonName;
  department: string;
  kind_zh: string;
  kind_en: string;
  stage: Stage;
  filed_on: string;
  clocks: Clocks;
  customers_left: number;
  opened_at: string;
  closed_at: string | null;
};

export type DepartureView = {
  id: string;
  number: string;
  employee: PersonName;
  department: string;
  kind: Kind;
  stage: Stage;
  filed_on: string;
  filed_by: PersonName | null;
  reason: string | null;
  agreed_early: boolean;
  dates: Dates;
  tasks: Step[];
  gates: Gate[];
  duties: Duty[];
  plans: { id: string; number: string; state: string; effective_on: string }[];
  subject: string;
  case_id: string | null;
  closed_at: string | null;
};

/** What somebody who files says; days as `2026-11-22`. */
export type NewDeparture = {
  employee_id?: string;
  kind: string;
  received_on?: string;
  wished_on?: string;
  agreed_on?: string;
  last_working_day?: string;
  commission_cutoff_on?: string;
  pay_in_lieu?: boolean;
  protected?: Protected;
  reason?: string;
};

export type Protected = {
  occupational_check_pending?: boolean;
  work_injury?: boolean;
  medical_until?: string;
  maternity_until?: string;
  other_by_law?: boolean;
};

export const boardPage = (cursor?: string) => read<Page<BoardItem>>("/departures", { cursor });

export const kindsQuery = queryOptions({
  queryKey: ["departure-kinds"],
  queryFn: () => read<Kind[]>("/departure-kinds"),
  staleTime: Infinity,
});

export const departureQuery = (id: string) =>
  queryOptions({
    queryKey: ["departures", id],
    queryFn: () => read<DepartureView>(`/departures/${id}`),
  });

export const previewOf = (wish: NewDeparture) =>
  write<Preview>("/departures/preview", {}, wish);

export const fileDeparture = (headers: object, wish: NewDeparture) =>
  write<{ id: string; number: string }>("/departures", headers, wish);

export const act = (path: string, headers: object, body: unknown = {}) =>
  write<{ id: string | null; case_id?: string | null }>(path, headers, body);
