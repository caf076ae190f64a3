/** Where the server under test is, and who may sign in there 测试环境. */

export type Person = { role: string; number: string; password: string; name: string };

function need(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; see e2e/README.md`);
  return value.replace(/\/$/, "");
}

export const baseUrl = (): string => need("BATON_URL");

/** One login of each role, as `baton demo --logins` prints them: role, 工号, password, name. */
export function people(): Person[] {
  const lines = need("BATON_LOGINS").split("\n").filter(Boolean);
  return lines.map((line) => {
    const [role = "", number = "", password = "", name = ""] = line.split("\t");
    return { role, number, password, name };
  });
}

/** The first login of a role, by its name on screen: `as("业务员")`. */
export function as(role: string): Person {
  const found = people().find((one) => one.role === role);
  if (!found) throw new Error(`the demo company has nobody as ${role}`);
  return found;
}

/** Anybody of the demo company by 工号; all of them have the same password. */
export function somebody(number: string, name = ""): Person {
  return { role: "", number, name, password: people()[0]?.password ?? "" };
}
