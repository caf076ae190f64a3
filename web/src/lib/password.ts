/** Whether a new password keeps the server's rule, told before it is sent 密码规则. */

/** The least the server takes, in characters. */
export const PASSWORD_MIN = 8;

export type PasswordFault = "short" | "simple" | "number";

/** What is wrong with a new password of the login `number`; `null` when the server will take it. */
export function passwordFault(password: string, number: string): PasswordFault | null {
  if ([...password].length < PASSWORD_MIN) return "short";
  const kinds = [/\d/, /\p{Ll}/u, /\p{Lu}/u, /[^\p{L}\p{N}]/u];
  if (kinds.filter((kind) => kind.test(password)).length < 2) return "simple";
  return password.includes(number) ? "number" : null;
}
