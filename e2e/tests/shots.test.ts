import { describe, test } from "vitest";
import { settled, visit, type Language, type Size } from "../src/browser";
import { shoot, wanted } from "../src/look";
import { as } from "../src/place";
import { routeOf } from "../src/sweep";

/** Pictures of pages that no walkthrough stops at; the walkthroughs take their own. */
type Picture = { name: string; role: string; path: string; size?: Size; language?: Language };

const pictures: Picture[] = [
  { name: "desk-salesperson", role: "业务员", path: "/" },
  { name: "desk-manager", role: "销售主管", path: "/" },
  { name: "desk-hr", role: "人事", path: "/" },
  { name: "desk-finance", role: "财务", path: "/" },
  { name: "desk-executive", role: "高管", path: "/" },
  { name: "desk-security", role: "安全管理员", path: "/" },
  { name: "tasks", role: "人事", path: "/tasks" },
  { name: "customers", role: "销售主管", path: "/customers" },
  { name: "departures", role: "人事", path: "/departures" },
  { name: "departure", role: "人事", path: "/departures/:id" },
  { name: "plans", role: "高管", path: "/plans" },
  { name: "people", role: "人事", path: "/employees" },
  { name: "departments", role: "人事", path: "/departments" },
  { name: "employee", role: "人事", path: "/employees/:id" },
  { name: "imports", role: "财务", path: "/imports" },
  { name: "alerts", role: "安全管理员", path: "/alerts" },
  { name: "jobs", role: "系统管理员", path: "/system/jobs" },
  { name: "state", role: "系统管理员", path: "/system/state" },
  { name: "documents", role: "人事", path: "/documents" },
  { name: "evidence-log", role: "审计", path: "/evidence/log" },
  { name: "confirmations", role: "财务", path: "/commission/months/:month/confirmations" },
  { name: "invoice", role: "财务", path: "/invoices/:id" },
  { name: "desk", role: "销售主管", path: "/", size: "mobile" },
  { name: "tasks", role: "人事", path: "/tasks", size: "mobile" },
  { name: "customers", role: "业务员", path: "/customers", size: "mobile" },
  { name: "departures", role: "人事", path: "/departures", size: "mobile" },
  { name: "departure", role: "人事", path: "/departures/:id", size: "mobile" },
  { name: "en-desk", role: "高管", path: "/", language: "en" },
  { name: "en-departure", role: "人事", path: "/departures/:id", language: "en" },
  { name: "en-customers", role: "销售主管", path: "/customers", language: "en" },
];

describe.skipIf(!wanted)("pictures", () => {
  test.each(pictures)("$name of $role at $path", async (picture) => {
    const { name, role, path, size = "desktop", language = "zh" } = picture;
    const { page, close } = await visit({ as: as(role), size, language });
    await page.goto(await routeOf(path));
    await settled(page);
    await shoot(page, name, size);
    await close();
  });
});
