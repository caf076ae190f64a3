// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Problem } from "@/lib/problem";
import { api, ONCE, speakFor, take } from "./client";

const server = vi.fn<(request: Request) => Promise<Response>>();
const json = (body: unknown, status = 200, type = "application/json") =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": type } });

beforeEach(() => vi.stubGlobal("fetch", server));
afterEach(() => {
  vi.unstubAllGlobals();
  server.mockReset();
});

const sent = () => server.mock.calls[0]?.[0] as Request;
const signIn = { number: "10001", password: "x" };

test("every request names the client", async () => {
  server.mockResolvedValue(json({ items: [], next_cursor: null }));
  const page = await take(api.GET("/logins", { fetch: server }));
  expect(page.items).toEqual([]);
  expect(sent().headers.get("X-Baton")).toBe("web");
  expect(sent().headers.get(ONCE)).toBeNull();
});

test("every POST carries a key of its own, unless the caller keeps one for retries", async () => {
  server.mockImplementation(async () => json({}));
  await api.POST("/session", { body: signIn, fetch: server });
  await api.POST("/session", { body: signIn, fetch: server });
  await api.POST("/session", { body: signIn, fetch: server, headers: { [ONCE]: "mine" } });
  const keys = server.mock.calls.map(([request]) => request.headers.get(ONCE));
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys[1]).not.toBe(keys[0]);
  expect(keys[2]).toBe("mine");
});

test("a refusal is thrown as a problem", async () => {
  const refusal = { code: "session.wrong_password", title: "工号或密码不对" };
  server.mockResolvedValue(json(refusal, 422, "application/problem+json"));
  const thrown = await api.POST("/session", { body: signIn, fetch: server }).catch((e) => e);
  expect(thrown).toBeInstanceOf(Problem);
  expect(thrown).toMatchObject({ status: 422, title: "工号或密码不对" });
});

test("a lost connection is a problem too", async () => {
  server.mockRejectedValue(new TypeError("Failed to fetch"));
  const thrown = await api.GET("/session", { fetch: server }).catch((e) => e);
  expect(thrown).toMatchObject({ name: "Problem", status: 0 });
});

test("a page says for whom it is open, once it is", async () => {
  server.mockImplementation(async () => json({}));
  await api.GET("/session", { fetch: server });
  speakFor("log_1");
  await api.GET("/session", { fetch: server });
  speakFor(undefined);
  const said = server.mock.calls.map(([request]) => request.headers.get("X-Baton-Login"));
  expect(said).toEqual([null, "log_1"]);
});
