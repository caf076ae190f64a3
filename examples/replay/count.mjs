/** Who has what, counted through the API as somebody who may see everything 清点. */

/** `"123.40"` in whole cents; no float touches money. */
export function cents(money) {
  const amount = typeof money === "string" ? money : (money?.amount ?? "0.00");
  const [whole, part = ""] = amount.split(".");
  const sum = BigInt(whole.replace("-", "")) * 100n + BigInt(part.padEnd(2, "0"));
  return amount.startsWith("-") ? -sum : sum;
}

export function plain(sum) {
  const sign = sum < 0n ? "-" : "";
  const text = (sum < 0n ? -sum : sum).toString().padStart(3, "0");
  const whole = text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${sign}${whole}.${text.slice(-2)}`;
}

export const nothing = () => ({ customers: 0, deals: 0, worth: 0n, papers: 0, owed: 0n });

/** Owner → customers, open opportunities with their value, open receivables with their sum. */
export async function holdings(person) {
  const held = new Map();
  const of = (owner) => {
    const name = owner?.name ?? "(nobody)";
    if (!held.has(name)) held.set(name, nothing());
    return held.get(name);
  };
  for (const customer of await person.all("/customers")) of(customer.owner).customers += 1;
  for (const deal of await person.all("/opportunities?open=true")) {
    const one = of(deal.owner);
    one.deals += 1;
    one.worth += cents(deal.amount);
  }
  for (const paper of await person.all("/invoices?open=true")) {
    const one = of(paper.responsible);
    one.papers += 1;
    one.owed += cents(paper.open);
  }
  return held;
}

export function total(held) {
  const sum = nothing();
  for (const one of held.values()) for (const key of Object.keys(sum)) sum[key] += one[key];
  return sum;
}

export function same(one, other) {
  return Object.keys(nothing()).every((key) => one[key] === other[key]);
}

/** The table that is printed; only whoever has another holding afterwards, and the sums. */
export function table(before, after) {
  const head = ["", "customers", "open deals", "their value", "open invoices", "open sum"];
  const row = (title, one) => [
    title,
    `${one.customers}`,
    `${one.deals}`,
    plain(one.worth),
    `${one.papers}`,
    plain(one.owed),
  ];
  const rows = [];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const unchanged = new Map();
  for (const name of names) {
    const [then, now] = [before.get(name) ?? nothing(), after.get(name) ?? nothing()];
    if (same(then, now)) {
      unchanged.set(name, now);
      continue;
    }
    rows.push(row(`${name}, before`, then), row(`${name}, after`, now));
  }
  rows.push(row(`${unchanged.size} others, unchanged`, total(unchanged)));
  rows.push(row("all, before", total(before)), row("all, after", total(after)));
  const width = head.map((_, i) => Math.max(...[head, ...rows].map((cells) => cells[i].length)));
  const line = (cells) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(width[i]) : cell.padStart(width[i]))).join("  ");
  return [line(head), ...rows.map(line)].join("\n");
}
