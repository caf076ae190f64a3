/** Colleagues by name, for everything that is given to somebody 找人. */
import { api, take, type Schema } from "./client";

export type PersonName = Schema<"PersonName">;

/** At most twenty people at work whose name, pinyin, initials or number contain `q`. */
export async function findColleagues(
  q: string,
  sells?: boolean,
): Promise<Schema<"EmployeeItem">[]> {
  const query = { q, sells, state: "active", limit: 20 };
  return (await take(api.GET("/employees", { params: { query } }))).items;
}
