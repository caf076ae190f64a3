/** Whether a new password keeps the server's rule, told before it is sent 密码规则. */

/** The least the server takes, in characters. */
export const PASSWORD_MIN = 8;

export type PasswordFault = "short" | "simple" | "number";

/** What is wrong with a new password of the login `number`; `null` when the server will take it. */
export function passwordFault(password: string, number: string): PasswordFault | null {
  if ([...password].length < PASSWORD_MIN) return "short";
  const kinds = [/\d/, /\p{Ll}/u, /\p{Lu}/u, /[^\p{L}\p{N}]/u];
  if (kinds.filter((kind) => kind.test(password)).length < 2) return "simple";
  const named = number !== "" && password.toLowerCase().includes(number.toLowerCase());
  return named ? "number" : null;
}

/** Letters and digits that nobody mistakes for one another when they are read out. */
const CLEAR = "abcdefghjkmnpqrstuvwxyz23456789";

/** A first password for somebody else, `k7mp-x2qa-9dfh`, which the server will take. */
export function firstPassword(number: string): string {
  const letters: string[] = [];
  while (letters.length < 12) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    // Above the last whole round some letters would come more often.
    if (byte < CLEAR.length * 8) letters.push(CLEAR.charAt(byte % CLEAR.length));
  }
  const password = letters.join("").replace(/(.{4})(?=.)/g, "$1-");
  return passwordFault(password, number) ? firstPassword(number) : password;
}
