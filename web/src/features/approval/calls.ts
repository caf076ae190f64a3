/** What the server tells about tasks and cases 流程接口. */
import { queryOptions } from "@tanstack/react-query";
import { read, write } from "@/api/ahead";
import type { Ask, Page } from "@/api/page";
import type { PersonName } from "@/api/people";
import type { CommandBody } from "./command";

export type Holder = { person: PersonName | null; pool: string | null; name: string };

export type ButtonView = { key: string; zh: string; en: string };

export type TaskItem = {
  case_id: string;
  item: number;
  node: string;
  kind: string;
  title: string;
  case_title: string;
  subject: string;
  holder: Holder;
  stand_in: boolean;
  state: "open" | "done";
  decision: string | null;
  opened_at: string;
  due_at: string | null;
  done_at: string | null;
  overdue: boolean;
  buttons: ButtonView[];
};

export type SeatView = {
  holder: Holder;
  acting_for: PersonName | null;
  seat_zh: string;
  state: string;
  state_zh: string;
  decision: string | null;
  decision_zh: string | null;
  comment: string;
  done_at: string | null;
};

export type StepView = {
  node: string;
  title: string;
  title_en: string;
  kind_zh: string;
  iteration: number;
  state: string;
  state_zh: string;
  opened_at: string | null;
  ended_at: string | null;
  due_at: string | null;
  seats: SeatView[];
};

export type MyItem = {
  item: number;
  node: string;
  title: string;
  kind: string;
  holder: Holder;
  checklist: string[];
  due_at: string | null;
  buttons: ButtonView[];
};

export type CaseView = {
  id: string;
  title: string;
  subject: string;
  flow: string;
  flow_title: string;
  flow_version: number;
  state: string;
  state_zh: string;
  initiator: PersonName | null;
  about: PersonName | null;
  held_zh: string | null;
  opened_at: string;
  closed_at: string | null;
  milestones: string[];
  steps: StepView[];
  history: { seq: number; at: string; by: PersonName | null; zh: string; en: string }[];
  my_items: MyItem[];
  mine: boolean;
};

export const listTasks = ({ limit, cursor, filters }: Ask) =>
  read<Page<TaskItem>>("/tasks", { limit, cursor, state: filters.state });

export const caseQuery = (id: string) =>
  queryOptions({ queryKey: ["cases", id], queryFn: () => read<CaseView>(`/cases/${id}`) });

export const sendCommand = (id: string, headers: object, body: CommandBody) =>
  write<{ state: string; state_zh: string }>(`/cases/${id}/commands`, headers, body);
