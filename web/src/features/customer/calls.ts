/** What the server tells and takes about customers 客户接口. */
import { queryOptions } from "@tanstack/react-query";
import { read, write } from "@/api/ahead";
import type { Ask, Page } from "@/api/page";
import type { PersonName } from "@/api/people";
import type { Money } from "@/lib/money";

export type CustomerItem = {
  id: string;
  number: string;
  name: string;
  industry: string;
  region: string;
  tier: string;
  state: "active" | "merged";
  owner: PersonName | null;
  owned_since: string;
  last_follow_up_on: string | null;
  open: Money;
  overdue_days: number;
};

export type AssignmentItem = {
  from: string;
  until: string | null;
  owner: PersonName | null;
  reason: string;
  reason_zh: string;
  superseded: boolean;
  recorded_at: string;
  recorded_by: string | null;
  plan_id: string | null;
};

export type SeatItem = { employee: PersonName; until: string | null };

export type ContactItem = {
  id: string;
  name: string;
  title: string;
  phone: string | null;
  email: string | null;
  is_primary: boolean;
};

export type OpportunityItem = {
  id: string;
  number: string;
  title: string;
  product: string;
  stage: string;
  stage_zh: string;
  amount: Money | null;
  opened_on: string | null;
  closed_on: string | null;
  owner: PersonName | null;
};

export type CustomerView = Omit<CustomerItem, "state"> & {
  state: string;
  credit_code: string | null;
  credit_code_doubt: string | null;
  address: string;
  merged_into_id: string | null;
  merged: { id: string; number: string; name: string }[];
  created_at: string;
  assignments: AssignmentItem[];
  seats: SeatItem[];
  contacts: ContactItem[];
  opportunities: OpportunityItem[];
  counts: { contracts: number; orders: number; receipts: number };
};

export type FollowUpItem = {
  id: string;
  author: PersonName;
  at: string;
  kind: string;
  kind_zh: string;
  text: string;
  next_on: string | null;
  duty: PersonName | null;
};

export type InvoiceItem = {
  id: string;
  number: string;
  issued_on: string;
  due_on: string;
  amount: Money;
  open: Money;
  overdue_days: number;
  disputed: boolean;
  responsible: PersonName | null;
};

export type ContractItem = {
  id: string;
  number: string;
  title: string;
  amount: Money;
  signed_on: string;
  ends_on: string | null;
  state: string;
  owner: PersonName | null;
};

export type OrderItem = {
  id: string;
  number: string;
  ordered_on: string;
  shipped_on: string | null;
  amount: Money;
  state: string;
  owner: PersonName | null;
};

export type ReceiptItem = {
  id: string;
  number: string;
  received_on: string;
  amount: Money;
  cleared: Money;
  credit: Money;
};

export type DuplicateItem = {
  id: string;
  number: string;
  name: string;
  owner: PersonName | null;
  strength: "possible" | "likely" | "certain";
  likeness: string;
};

export type FilterWords = { regions: string[]; industries: string[]; tiers: string[] };

export const listCustomers = ({ limit, cursor, sort, filters }: Ask) =>
  read<Page<CustomerItem>>("/customers", { limit, cursor, sort, ...filters });

export const filterWords = queryOptions({
  queryKey: ["customers", "filters"],
  queryFn: () => read<FilterWords>("/customers/filters"),
  staleTime: 300_000,
});

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ["customers", id],
    queryFn: () => read<CustomerView>(`/customers/${id}`),
  });

/** One of the lists that hang on a customer. */
export const attachedQuery = <T>(id: string, what: string) =>
  queryOptions({
    queryKey: ["customers", id, what],
    queryFn: () => read<T[]>(`/customers/${id}/${what}`),
  });

export const listFollowUps = (id: string, cursor?: string) =>
  read<Page<FollowUpItem>>(`/customers/${id}/follow-ups`, { cursor, limit: 20 });

export const findDuplicates = (name: string, credit_code?: string) =>
  read<DuplicateItem[]>("/customers/duplicates", { name, credit_code });

/** The proof of a change, or the case under which it waits. */
export type Written = { id: string | null; entry: number | null; case_id: string | null };

export const change = (path: string, headers: object, body: unknown) =>
  write<Written>(path, headers, body);

export const revealContact = (id: string, headers: object, reason: string) =>
  write<{ phone: string | null; email: string | null }>(`/contacts/${id}/reveal`, headers, {
    reason,
  });
