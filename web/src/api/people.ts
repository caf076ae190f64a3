/** Colleagues by name, for everything that is given to somebody 找人. */
import { read } from "./ahead";
import type { Page } from "./page";

export type PersonName = { id: string; number: string; name: string };

export type Colleague = PersonName & { department: string; post: string };

/** At most twenty people at work whose name, pinyin, initials or number contain `q`. */
export async function findColleagues(q: string, sells?: boolean): Promise<Colleague[]> {
  const query = { q, sells, state: "active", limit: 20 };
  return (await read<Page<Colleague>>("/employees", query)).items;
}
