/** What the server tells and takes about handover plans 交接方案接口. */
import { queryOptions } from "@tanstack/react-query";
import { read, write } from "@/api/ahead";
import type { Ask, Page } from "@/api/page";
import type { PersonName } from "@/api/people";
import type { Money } from "@/lib/money";

export type PlanState = "draft" | "submitted" | "approved" | "executed" | "cancelled";

export type PlanItem = {
  id: string;
  number: string;
  from: PersonName;
  departure_id: string | null;
  state: PlanState;
  effective_on: string;
  version: number;
  customers: number;
  unassigned: number;
  created_at: string;
  executed_at: string | null;
};

export type Moves = {
  items: number;
  customers: number;
  opportunities: number;
  opportunity_amount: Money;
  receivables: number;
  receivable_open: Money;
  overdue: Money;
  by_kind: Record<string, number>;
};

export type Share = {
  successor: PersonName;
  moves: Moves;
  load: { before: number; after: number; capacity: number } | null;
};

export type Line = { kind: string; thing_id: string };

export type Conflict = {
  kind: string;
  blocks: boolean;
  person: PersonName | null;
  count: number;
  lines: Line[];
  zh: string;
  en: string;
  remedy: string;
};

export type Acceptance = {
  successor: PersonName;
  standing: "waiting" | "outdated" | "accepted" | "declined";
  reason: string | null;
  at: string | null;
};

export type Step = "edit" | "submit" | "answer" | "approve" | "execute" | "cancel" | "reverse";

export type PlanView = {
  id: string;
  number: string;
  from: PersonName | null;
  departure_id: string | null;
  state: PlanState;
  effective_on: string;
  version: number;
  reverses_id: string | null;
  remainder_of_id: string | null;
  approved_by: PersonName | null;
  approved_at: string | null;
  created_at: string;
  executed_at: string | null;
  preview: { total: Moves; unassigned: Moves; shares: Share[] };
  conflicts: Conflict[];
  acceptances: Acceptance[];
  whole: boolean;
  may: Step[];
};

export type Suggested = {
  person: PersonName;
  score: number;
  reasons: { code: string; zh: string; en: string }[];
};

export type ItemView = Line & {
  label: string;
  customer_id: string | null;
  region: string | null;
  industry: string | null;
  amount: Money;
  overdue: Money;
  must_move: boolean;
  follows: { kind: string; count: number; amount: Money; overdue: Money }[];
  successor: PersonName | null;
  how: string | null;
  suggestion: Suggested | null;
  alternatives: Suggested[];
  outcome: string | null;
};

export type PlanChange =
  | { change: "assign"; lines: Line[]; successor_id: string }
  | {
      change: "assign_by_rule";
      kinds: string[];
      regions: string[];
      industries: string[];
      only_unassigned: boolean;
      successor_id: string;
    }
  | { change: "accept_suggestions" }
  | { change: "clear"; lines: Line[] }
  | { change: "clear_successor"; successor_id: string }
  | { change: "move_effective"; effective_on: string };

export type Executed = {
  customers: number;
  things: number;
  receivable_open: Money;
  gone: number;
  /** Tasks, and cases the person started, with whoever gets each. */
  pending: { case_id: string; item: number; case_title: string; task: string; to_name: string }[];
  entry: number | null;
};

export const listPlans = ({ cursor, filters }: Ask) =>
  read<Page<PlanItem>>("/handover-plans", { cursor, ...filters });

export const planQuery = (id: string) =>
  queryOptions({
    queryKey: ["plans", id],
    queryFn: () => read<PlanView>(`/handover-plans/${id}`),
  });

export const listItems = (id: string, filters: Ask["filters"], cursor?: string) =>
  read<Page<ItemView>>(`/handover-plans/${id}/items`, { ...filters, cursor });

export const post = <T = { id: string | null }>(
  id: string,
  verb: string,
  headers: object,
  body: unknown = {},
) => write<T>(`/handover-plans/${id}/${verb}`, headers, body);
