/** The program itself, as an administrator runs it at a terminal 命令行. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

function binary(): string {
  const path = process.env["BATON_BIN"];
  if (!path) throw new Error("BATON_BIN is not set; see e2e/README.md");
  return path;
}

/** What the program printed, and the code with which it ended. */
export type Outcome = { out: string; code: number };

/** Runs `baton …` on the data folder of the server under test. */
export async function baton(args: string[], env: Record<string, string> = {}): Promise<Outcome> {
  // What only these tests are told is no configuration of the program.
  const { BATON_LOGINS: _logins, BATON_SHOTS: _shots, BATON_BOOKS: _books, ...own } = process.env;
  try {
    const { stdout } = await run(binary(), ["--config", "/dev/null", ...args], {
      env: { ...own, ...env },
    });
    return { out: stdout, code: 0 };
  } catch (thrown) {
    const { stdout = "", code = -1 } = thrown as { stdout?: string; code?: number };
    return { out: stdout, code };
  }
}
