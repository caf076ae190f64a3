#!/usr/bin/env node
/**
 * One real agent of Maven's sales team resigns in mid-2017, with open deals and receivables 真实重放.
 *
 * Starts from an empty house and goes the whole way over the public HTTP API, then counts who has
 * what before and after. Anything that does not reconcile to the unit and the cent is an error.
 *
 *     node examples/replay/replay.mjs [--baton PROGRAM] [--data FOLDER] [--keep]
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cents, holdings, nothing, plain, same, table, total } from "./count.mjs";
import { folderOfData, ibmOn, mavenOn } from "./files.mjs";
import { House, Person } from "./house.mjs";

const DAY = "2017-06-30";
/** What everybody gets at first, and must change at the first login. */
const FIRST = "First-pw-2017";
const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const { values: wanted } = parseArgs({
  options: { baton: { type: "string" }, data: { type: "string" }, keep: { type: "boolean" } },
});

const say = (text = "") => console.log(text);
let step = 0;
const now = (text) => say(`${`${++step}`.padStart(2)}. ${text}`);

function program() {
  const target =
    process.env.CARGO_TARGET_DIR ??
    join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "baton/target");
  const given = wanted.baton ?? process.env.BATON_BIN;
  const places = given ? [given] : ["release", "debug"].map((kind) => join(target, kind, "baton"));
  const found = places.find((place) => existsSync(place));
  if (found) return found;
  console.error(`replay: no program at ${places.join(" or ")}; build it: cargo build --release --package baton`);
  process.exit(3);
}

function must(truth, what) {
  if (!truth) throw new Error(`does not reconcile: ${what}`);
}

/** The first login of an empty house comes from its console; every other one from the first. */
async function openTheHouse(house) {
  house.run(["--rehearsal", `${DAY}T01:00:00Z`, "passwd", "secadmin", "--role", "security_admin"], {
    env: { BATON_PASSWORD: FIRST },
  });
  await house.serveFrom(`${DAY}T01:05:00Z`);
  const security = await house.signIn("secadmin", FIRST);
  const open = async (number, roles) => {
    await security.post("/logins", { number, roles, password: FIRST });
    return house.signIn(number, FIRST);
  };
  return { security, open };
}

async function importFiles(steward, mapping, folder, names) {
  const form = new FormData();
  form.set("mapping", mapping);
  for (const name of names) form.append("file", new Blob([readFileSync(join(folder, name))]), name);
  const { id } = await steward.upload("/imports", form);
  await steward.post(`/imports/${id}/commit`);
  const report = await steward.get(`/imports/${id}`);
  for (const kind of report.kinds) {
    // A price list has prices, but no sum that would stand anywhere in the books.
    const summed = kind.kind !== "product" && kind.staged_amount !== null;
    const sums = !summed ? "" : `, ${kind.staged_amount} → ${kind.booked_amount}`;
    say(`      ${mapping} ${kind.kind}: ${kind.staged} read → ${kind.booked} in the books${sums}`);
    must(kind.staged === kind.booked, `${mapping}: ${kind.kind}`);
    must(!summed || kind.staged_amount === kind.booked_amount, `${mapping}: sum of ${kind.kind}`);
  }
  const warned = report.findings.filter((one) => one.severity === "warned");
  const rows = warned.reduce((sum, one) => sum + one.row_count, 0);
  say(`      ${mapping}: ${rows} rows came in with a warning, none was refused`);
}

/** The offices that a file of sales does not know; their people are invented. */
async function staffTheOffices(steward, open) {
  const { entities } = await steward.get("/posts");
  const department_id = (await steward.post("/departments", {
    entity_id: entities[0].id, parent_id: null, code: "HQ", name: "Headquarters",
  })).id;
  const people = {};
  for (const [key, name, post, role] of [
    ["chief", "Avery Quinn", "Managing director", "executive"],
    ["hr", "Harper Rhodes", "HR", "hr"],
    ["finance", "Finley Adams", "Finance", "finance"],
    ["it", "Indra Tate", "IT", "it"],
    ["office", "Oakley Frost", "Office", "office"],
  ]) {
    const post_id = (await steward.post("/posts", { name: post })).id;
    const number = `HQ-${key}`;
    const { id } = await steward.post("/employees", {
      number, name, entity_id: entities[0].id, department_id, post_id,
      line_manager_id: null, hired_on: "2016-01-04",
    });
    people[key] = { id, who: await open(number, [role]), number };
  }
  return people;
}

async function employees(steward) {
  const rows = await steward.all("/employees");
  return new Map(rows.map((row) => [row.name, row]));
}

/** IBM's customers come without an owner; the managing director deals them out among the agents. */
async function dealOut(chief, customers, agents) {
  const pool = await chief.all("/customers?owner=none");
  const mine = pool.filter((one) => customers.includes(one.number));
  mine.sort((a, b) => a.number.localeCompare(b.number));
  must(mine.length === customers.length, "customers of IBM in the pool");
  for (const [n, one] of mine.entries()) {
    await chief.post(`/customers/${one.id}/hand-over`, {
      to_id: agents[n % agents.length].id, effective_on: DAY, reason: "Dealt out among the agents",
    });
  }
  return mine.length;
}

async function drawUpAndConsent(house, people, manager, open, departure, leaver) {
  const { id: plan } = await manager.post("/handover-plans", { from: leaver.id, departure_id: departure });
  let view = await manager.get(`/handover-plans/${plan}`);
  const of = view.preview.total;
  say(`      plan ${view.number}: ${of.items} things, ${of.customers} customers, ${of.opportunities} open deals`);
  must(view.preview.unassigned.customers === 0, "customers without a successor");
  await manager.post(`/handover-plans/${plan}/submit`, { version: view.version });
  now(`${view.preview.shares.length} receivers accept their shares, each with a login of his own`);
  for (const share of view.preview.shares) {
    const { number, name } = share.successor;
    const role = name === manager.session.login.name ? null : "salesperson";
    const receiver = role === null ? manager : await open(number, [role]);
    const own = await receiver.get(`/handover-plans/${plan}`);
    must(own.acceptances.length === 1 || role === null, `${name} sees other people's shares`);
    await receiver.post(`/handover-plans/${plan}/answer`, { version: view.version, accept: true });
  }
  view = await manager.get(`/handover-plans/${plan}`);
  must(view.acceptances.every((one) => one.standing === "accepted"), "acceptances");
  now(`${people.chief.who.session.login.name} approves, after a dry run`);
  const dry = await manager.post(`/handover-plans/${plan}/dry-run`);
  say(`      dry run: ${dry.customers} customers, ${dry.things} things, ${plain(cents(dry.receivable_open))} open`);
  await people.chief.who.post(`/handover-plans/${plan}/approve`, { version: view.version });
  return { plan, dry, effective: view.effective_on };
}

/** At its day the plan executes by itself; whoever asks a moment earlier may do it too. */
async function execute(manager, plan) {
  const asked = await manager.tryPost(`/handover-plans/${plan}/execute`);
  for (let tries = 0; tries < 100; tries++) {
    const view = await manager.get(`/handover-plans/${plan}`);
    if (view.state === "executed") return { view, by: asked.ok ? "the manager" : "the clock" };
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error(`the plan was not executed: ${JSON.stringify(asked.body)}`);
}

function reconcile(before, after, view, leaver) {
  must(same(total(before), total(after)), "the totals before and after");
  const left = after.get(leaver) ?? nothing();
  must(same(left, nothing()), `${leaver} still holds something`);
  const had = before.get(leaver);
  const moved = view.preview.total;
  must(had.customers === moved.customers && had.deals === moved.opportunities, "what the plan moved");
  must(had.worth === cents(moved.opportunity_amount), "the value of the deals the plan moved");
  must(had.papers === moved.receivables && had.owed === cents(moved.receivable_open), "the receivables");
  for (const { successor, moves } of view.preview.shares) {
    const then = before.get(successor.name) ?? nothing();
    const gained = after.get(successor.name);
    must(gained.customers - then.customers === moves.customers, `customers of ${successor.name}`);
    must(gained.deals - then.deals === moves.opportunities, `deals of ${successor.name}`);
    must(gained.worth - then.worth === cents(moves.opportunity_amount), `value for ${successor.name}`);
    must(gained.owed - then.owed === cents(moves.receivable_open), `receivables of ${successor.name}`);
  }
}

async function settle(house, people, departure, lent) {
  const checks = `/departures/${departure}/checks`;
  const { hr, it, office } = people;
  await office.who.post(checks, { check: "asset", asset_id: lent.laptop, cost: null, note: "complete" });
  await it.who.post(checks, { check: "account_closed", asset_id: lent.mail, note: "mail forwarded" });
  await hr.who.post(checks, { check: "interview", on: house.today, note: "a new start elsewhere" });
}

async function prove(house, hr, departure, scratch) {
  const told = await hr.get(`/evidence?subject=departure/${departure}`);
  const entry = told.items.find((one) => one.kind === "departure.file") ?? told.items.at(-1);
  const proof = await hr.get(`/evidence/${entry.index}/proof`);
  const file = join(scratch, "filed.tlog-proof");
  writeFileSync(file, proof);
  const { key } = await hr.get("/evidence-log");
  await house.stop();
  const verified = house.run(["verify", file, "--key", key], { expect: [0, 10] });
  say(verified.stdout.trimEnd().replace(/^/gm, "      "));
  now("The whole log is computed anew, and the tables are compared with it");
  const audited = house.run(["audit", "--deep"], { expect: [0, 10] });
  say(audited.stdout.trimEnd().replace(/^/gm, "      "));
}

async function replay(scratch) {
  const data = folderOfData(wanted.data, join(root, "../shared/data"));
  const house = new House(program(), join(scratch, "data"));
  house.today = DAY;
  try {
    const maven = mavenOn(DAY, join(data, "maven_crm"), scratch);
    const ibm = ibmOn(DAY, join(data, "ibm_ar"), scratch);
    const [name, deals] = maven.busiest[0];
    now(`The files as they stood on ${DAY}`);
    say(`      maven_crm: ${maven.kept} of ${maven.rows} deals, ${maven.open} open; busiest: ${name}, ${deals}`);
    say(`      ibm_ar, four years on: ${ibm.kept} of ${ibm.rows} invoices, ${ibm.open} open`);

    now("An empty house is opened and its first login made at the console");
    const { open } = await openTheHouse(house);
    const steward = await open("steward", ["data_steward"]);
    now("Both data sets are imported");
    const files = ["sales_teams.csv", "products.csv", "accounts.csv", "sales_pipeline.csv"];
    await importFiles(steward, "maven_crm", scratch, files);
    await importFiles(steward, "ibm_ar", scratch, ["invoices.csv"]);
    const people = await staffTheOffices(steward, open);
    const known = await employees(steward);
    const leaver = known.get(name);
    const agents = [...known.values()].filter((one) => one.sells);
    agents.sort((a, b) => a.name.localeCompare(b.name));
    const count = await dealOut(people.chief.who, ibm.customers, agents);
    now(`${count} customers of IBM, which come without an owner, are dealt out among ${agents.length} agents`);
    // Whoever closes accounts notes them; the office keeps what is lent.
    const lend = (who, kind, what) =>
      who.post(`/employees/${leaver.id}/assets`, { kind, name: what });
    const lent = {
      laptop: (await lend(people.office.who, "equipment", "Laptop")).id,
      mail: (await lend(people.it.who, "account", "Mail")).id,
    };

    const before = await holdings(people.chief.who);
    now(`${name} resigns`);
    let agent = await open(leaver.number, ["salesperson"]);
    const filed = await agent.post("/departures", { kind: "resignation", reason: "a new start elsewhere" });
    must((await agent.tryGet("/session")).status === 401, "the session outlived the resignation");
    const { clocks } = filed.dates;
    say(`      ${filed.number}: employed until ${clocks.employment_ends_on}; every session of his has ended`);
    const departure = filed.id;
    await people.hr.who.post(`/departures/${departure}/acknowledge`);
    await people.finance.who.post(`/departures/${departure}/checks`, { check: "receivables", note: "" });

    const boss = known.get(leaver.line_manager?.name ?? "");
    const manager = boss ? await open(boss.number, ["sales_manager"]) : people.chief.who;
    now(`${manager.session.login.name} draws up the plan from the suggestions`);
    const { plan, dry, effective } = await drawUpAndConsent(house, people, manager, open, departure, leaver);

    await house.stop();
    house.today = effective;
    await house.serveFrom(`${effective}T01:00:00Z`);
    const again = (number) => house.signIn(number, `Own-${FIRST}`);
    for (const one of Object.values(people)) one.who = await again(one.number);
    const boss2 = boss ? await again(boss.number) : people.chief.who;
    const { view, by } = await execute(boss2, plan);
    now(`On ${effective} the plan takes effect, in one transaction, executed by ${by}`);
    const after = await holdings(people.chief.who);
    must(view.preview.total.customers === dry.customers, "dry run and execution");

    now("The offices settle; who has what now:");
    await settle(house, people, departure, lent);
    say();
    say(table(before, after));
    say();
    reconcile(before, after, view, name);
    say("      reconciled: nothing lost, nothing doubled, every share as the plan foretold it");
    await finish(house, people, departure, leaver);

    now("The entry of the resignation is proved without the database");
    await prove(house, people.hr.who, departure, scratch);
  } finally {
    house.server?.kill("SIGKILL");
  }
}

const gatesOf = (seen) => seen.gates.map((gate) => `${gate.en} ${gate.state}`).join(", ");

/** Papers, gates, and the end of it; closing before the certificate is issued must be refused. */
async function finish(house, people, departure, leaver) {
  const hr = people.hr.who;
  const path = `/departures/${departure}`;
  const red = (await hr.get(path)).gates.filter((gate) => gate.state === "red");
  must(red.length === 1 && red[0].key === "documents", "the papers are all that is missing");
  const refused = await hr.tryPost(`${path}/close`);
  must(refused.status === 409, "a red gate let the departure close");
  now("Closing is refused while a gate is red");
  say(`      ${refused.body.code}: ${red[0].missing[0]?.en ?? red[0].en}`);
  const issued = await hr.post("/documents", { kind: "leaving_certificate", departure_id: departure });
  const paper = await hr.get(`/documents/${issued.id}`);
  now("Personnel issues the leaving certificate 离职证明");
  say(`      ${paper.number}: ${paper.pages} page, ${paper.size} bytes, SHA-256 ${paper.digest.slice(0, 16)}…`);
  const green = await hr.get(path);
  must(green.gates.every((gate) => gate.state !== "red"), "a gate is still red");
  say(`      gates: ${gatesOf(green)}`);
  await hr.post(`${path}/close`);
  const closed = await hr.get(path);
  must(closed.stage?.key === "closed" || closed.stage === "closed", `it is ${JSON.stringify(closed.stage)}`);
  const entry = await Person.in(house, leaver.number, `Own-${FIRST}`).then(() => "open", () => "closed");
  must(entry === "closed", "the leaver can still sign in");
  now("The departure is closed, and his login with it");
}

const scratch = mkdtempSync(join(tmpdir(), "baton-replay."));
try {
  await replay(scratch);
} catch (error) {
  console.error(`\nreplay: ${error.message}`);
  process.exitCode = 1;
} finally {
  if (wanted.keep) console.error(`kept: ${scratch}`);
  else rmSync(scratch, { recursive: true, force: true });
}
