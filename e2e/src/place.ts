/** Where the server under test is, and who may sign in there 测试环境. */

export type Person = { number: string; password: string };

function need(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; see e2e/README.md`);
  return value.replace(/\/$/, "");
}

export const baseUrl = (): string => need("BATON_URL");

/** The person the environment names: `BATON_USER=10001:password`. */
export function person(name = "BATON_USER"): Person {
  const [number = "", ...rest] = need(name).split(":");
  return { number, password: rest.join(":") };
}
