/** The program under replay, and people who talk to it over HTTP only 程序与登录. */
import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createServer } from "node:net";

function freePort() {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

export class House {
  constructor(baton, folder) {
    this.baton = baton;
    this.folder = folder;
  }

  /** Runs one command of the program to its end. */
  run(args, { env = {}, expect = [0] } = {}) {
    const done = spawnSync(this.baton, ["--config", "/dev/null", ...args], {
      encoding: "utf8",
      env: this.#env(env),
    });
    if (!expect.includes(done.status)) {
      throw new Error(`baton ${args.join(" ")} ended with ${done.status}\n${done.stdout}${done.stderr}`);
    }
    return done;
  }

  #env(more = {}) {
    const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("BATON_"));
    return { ...Object.fromEntries(kept), BATON_DATA_DIR: this.folder, ...more };
  }

  /** Serves with the clock set to this moment, which leaves an entry in the evidence. */
  async serveFrom(moment) {
    const listen = `127.0.0.1:${await freePort()}`;
    this.url = `http://${listen}/api/v1`;
    const args = ["--config", "/dev/null", "--rehearsal", moment, "serve"];
    this.server = spawn(this.baton, args, {
      env: this.#env({ BATON_LISTEN: listen }),
      stdio: ["ignore", "ignore", "pipe"],
    });
    let log = "";
    this.server.stderr.on("data", (text) => (log = (log + text).slice(-8000)));
    this.ended = new Promise((done) => this.server.on("exit", (code) => done(code)));
    for (let tries = 0; tries < 300; tries++) {
      const up = await fetch(`http://${listen}/readyz`).then((r) => r.ok, () => false);
      if (up) return;
      if (this.server.exitCode !== null) break;
      await new Promise((later) => setTimeout(later, 100));
    }
    throw new Error(`the program did not start:\n${log}`);
  }

  /** Stops as a service manager would; anything but a clean end is an error. */
  async stop() {
    if (!this.server) return;
    this.server.kill("SIGTERM");
    const code = await this.ended;
    this.server = undefined;
    if (code !== 0) throw new Error(`the program ended with ${code}`);
  }

  /** Signs in; somebody whose first password it is changes it, as everybody must. */
  async signIn(number, password) {
    const first = await Person.in(this, number, password);
    if (!first.session.login.must_change_password) return first;
    const next = `Own-${password}`;
    await first.post("/session/password", { current: password, next });
    return Person.in(this, number, next);
  }
}

/** Somebody with a session. */
export class Person {
  static async in(house, number, password) {
    const person = new Person();
    person.house = house;
    const answer = await fetch(`${house.url}/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ number, password }),
    });
    const body = await answer.json();
    if (!answer.ok) throw new Error(`${number} cannot sign in: ${JSON.stringify(body)}`);
    person.token = /baton_session=([^;]+)/.exec(answer.headers.get("set-cookie") ?? "")?.[1];
    person.session = body;
    return person;
  }

  async #send(method, path, body, headers = {}) {
    const answer = await fetch(`${this.house.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(method === "GET" ? {} : { "idempotency-key": randomUUID() }),
        ...headers,
      },
      body,
    });
    const text = await answer.text();
    const json = answer.headers.get("content-type")?.includes("json") ?? false;
    return { status: answer.status, ok: answer.ok, body: json ? JSON.parse(text) : text };
  }

  async #must(method, path, body, headers) {
    const answer = await this.#send(method, path, body, headers);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  get(path) {
    return this.#must("GET", path);
  }

  post(path, body) {
    const headers = { "content-type": "application/json" };
    return this.#must("POST", path, JSON.stringify(body ?? {}), headers);
  }

  /** As `post`, for answers that may be refusals. */
  tryPost(path, body) {
    const headers = { "content-type": "application/json" };
    return this.#send("POST", path, JSON.stringify(body ?? {}), headers);
  }

  tryGet(path) {
    return this.#send("GET", path);
  }

  upload(path, form) {
    return this.#must("POST", path, form);
  }

  /** Every row of a list, page after page. */
  async all(path) {
    const rows = [];
    for (let cursor = ""; cursor !== null; ) {
      const more = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await this.get(`${path}${path.includes("?") ? "&" : "?"}limit=200${more}`);
      rows.push(...page.items);
      cursor = page.next_cursor;
    }
    return rows;
  }
}
