/** The API from outside the browser, to find what a test is about before it begins 测试取数. */
import { randomUUID } from "node:crypto";
import { as, baseUrl, type Person } from "./place";

export type Caller = {
  cookie: string;
  get: <T>(path: string) => Promise<T>;
  post: <T>(path: string, body?: unknown) => Promise<T>;
};

type Ids = { items: { id: string; number: string; name: string; state: string }[] };

async function send(method: string, path: string, cookie: string, body?: unknown) {
  // Told as the device of the session, so it reads as a name and not as one of our words.
  const headers: Record<string, string> = { cookie, "X-Baton": "web", "User-Agent": "Node.js" };
  if (method !== "GET") headers["Idempotency-Key"] = randomUUID();
  const init: RequestInit = { method, headers };
  if (body !== undefined) {
    headers["content-type"] = "application/json";
    init.body = JSON.stringify(body);
  }
  const answer = await fetch(`${baseUrl()}/api/v1${path}`, init);
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

const cookies = new Map<string, Promise<string>>();

/** Another file of tests may have ended the sessions of people, or changed what they may. */
export function forgetSessions(): void {
  cookies.clear();
}

/** Signs in once for each person and test file; the password check is slow on purpose. */
export function cookieOf({ number, password }: Person, afresh = false): Promise<string> {
  const known = cookies.get(number);
  if (known && !afresh) return known;
  const fetched = send("POST", "/session", "", { number, password }).then(
    (answer) => answer.headers.getSetCookie()[0]?.split(";")[0] ?? "",
  );
  cookies.set(number, fetched);
  return fetched;
}

export async function calling(person: Person, afresh = false): Promise<Caller> {
  const cookie = await cookieOf(person, afresh);
  return {
    cookie,
    get: async <T>(path: string) => (await (await send("GET", path, cookie)).json()) as T,
    post: async <T>(path: string, body: unknown = {}) =>
      (await (await send("POST", path, cookie, body)).json()) as T,
  };
}

export type Seller = { id: string; number: string; name: string; customers: number };

/** Salespeople at work who are no demo login and own customers, the busiest first. */
export async function sellers(caller: Caller, besides: readonly string[]): Promise<Seller[]> {
  const query = "/employees?sells=true&state=active&limit=100";
  const { items } = await caller.get<Ids>(query);
  const found: Seller[] = [];
  for (const { id, number, name } of items) {
    if (besides.includes(number)) continue;
    const owned = await caller.get<Ids>(`/customers?owner=${id}&limit=50`);
    if (owned.items.length > 3) found.push({ id, number, name, customers: owned.items.length });
    if (found.length === 12) break;
  }
  return found.sort((a, b) => b.customers - a.customers);
}

/**
 * Office people no walkthrough meets: no demo login, no salesperson, nobody's manager. What is done
 * to their logins disturbs no plan that others share out meanwhile.
 */
export async function bystanders(besides: readonly string[]): Promise<Seller[]> {
  const caller = await calling(as("人事"));
  const office = await caller.get<Ids>("/employees?sells=false&state=active&limit=100");
  const sales = await caller.get<Ids>("/employees?sells=true&state=active&limit=100");
  const managers = JSON.stringify(
    [...office.items, ...sales.items].map((one) => (one as { line_manager?: unknown }).line_manager),
  );
  return office.items
    .filter(({ id, number }) => !besides.includes(number) && !managers.includes(id))
    .map(({ id, number, name }) => ({ id, number, name, customers: 0 }));
}
