/** The things that evidence, tasks and alerts speak of, `customer/cus_…`, and their pages 主体. */

const pages: Readonly<Record<string, string>> = {
  customer: "/customers/",
  employee: "/employees/",
  departure: "/departures/",
  plan: "/plans/",
  case: "/cases/",
  import: "/imports/",
  rules_table: "/rules/",
  signing: "/signings/",
  invoice: "/invoices/",
  log: "/evidence/",
};

/** What kind of thing a subject is, `customer`, and the end of its id, enough to tell two apart. */
export function partsOf(subject: string): { kind: string; tail: string } {
  const [kind = "", id = ""] = subject.split("/");
  return { kind, tail: id.slice(-6) };
}

/** Things of one page: it shows them all, whichever is meant. */
const shared: Readonly<Record<string, string>> = { objection: "/commission/objections" };

/** The address of the page about a subject; `null` when it has none. */
export function addressOf(subject: string): string | null {
  const [kind = "", id] = subject.split("/");
  const page = pages[kind];
  return page && id ? page + id : (shared[kind] ?? null);
}
