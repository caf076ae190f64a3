/** What the server tells and takes about people 组织接口. */
import { queryOptions } from "@tanstack/react-query";
import { read, write } from "@/api/ahead";
import type { Ask, Page } from "@/api/page";
import type { PersonName } from "@/api/people";
import type { Money } from "@/lib/money";

export type PersonState = "active" | "notice" | "left";

export type EmployeeItem = PersonName & {
  department_id: string;
  department: string;
  post: string;
  line_manager: PersonName | null;
  sells: boolean;
  state: PersonState;
  phone: string | null;
};

export type EmploymentItem = {
  effective_on: string;
  recorded_at: string;
  entity: string;
  department: string;
  post: string;
  line_manager: PersonName | null;
  ended: boolean;
  reason: string;
};

export type AssetItem = {
  id: string;
  kind: string;
  name: string;
  serial: string;
  state: "lent" | "returned" | "cost_agreed" | "closed";
  state_zh: string;
  cost: Money | null;
  note: string;
  changed_on: string;
};

export type StandInItem = {
  id: string;
  absent: PersonName;
  deputy: PersonName;
  from: string;
  until: string | null;
  reason: string;
};

export type EmployeeView = PersonName & {
  entity: string;
  department: string;
  post: string;
  hired_on: string;
  probation_until: string | null;
  contract_from: string | null;
  contract_until: string | null;
  sells: boolean;
  capacity: number | null;
  regions: string;
  industries: string;
  state: PersonState;
  left_on: string | null;
  citizen_id: string | null;
  phone: string | null;
  email: string | null;
  line: PersonName[];
  employment: EmploymentItem[];
  assets: AssetItem[];
  stand_ins: StandInItem[];
};

export type DepartmentItem = {
  id: string;
  parent_id: string | null;
  code: string;
  name: string;
  head: PersonName | null;
  people: number;
  people_below: number;
};

export const listEmployees = ({ limit, cursor, filters }: Ask) =>
  read<Page<EmployeeItem>>("/employees", { limit, cursor, ...filters });

export const departmentsQuery = queryOptions({
  queryKey: ["departments"],
  queryFn: () => read<DepartmentItem[]>("/departments"),
});

export const employeeQuery = (id: string) =>
  queryOptions({
    queryKey: ["employees", id],
    queryFn: () => read<EmployeeView>(`/employees/${id}`),
  });

type Revealed = { citizen_id: string | null; phone: string | null; email: string | null };

export const reveal = (id: string, headers: object, reason: string) =>
  write<Revealed>(`/employees/${id}/reveal`, headers, { reason });

export const act = (path: string, headers: object, body: unknown = {}) =>
  write<{ id: string | null }>(path, headers, body);
