import { describe, expect, test } from "vitest";
import {
  asProblem,
  explain,
  fieldPath,
  inOneLine,
  placesOf,
  Problem,
  problemFrom,
} from "./problem";

const answer = (status: number, body: string, type = "application/problem+json") =>
  new Response(body, { status, headers: { "content-type": type } });

describe("reading a problem", () => {
  test("takes code, words, places and trace from problem+json", async () => {
    const body = {
      code: "customer.owner_is_leaving",
      title: "负责人「冯丽」已提交离职，归属已冻结",
      title_en: "The owner has filed a departure; ownership is frozen",
      remedy: "请通过离职交接方案办理。",
      remedy_en: "use the handover plan",
      errors: [{ pointer: "/owner", detail: "已冻结", detail_en: "it is frozen" }],
      trace_id: "01J9",
    };
    const problem = await problemFrom(answer(409, JSON.stringify(body)));
    expect(problem).toMatchObject({ status: 409, code: body.code, errors: body.errors });
    expect(explain(problem, "zh")).toEqual({
      title: body.title,
      remedy: body.remedy,
      trace: "",
    });
    expect(explain(problem, "en")).toEqual({
      title: body.title_en,
      remedy: "Use the handover plan",
      trace: "",
    });
  });

  test("survives a proxy's HTML page and broken JSON", async () => {
    expect((await problemFrom(answer(502, "<h1>Bad Gateway</h1>", "text/html"))).status).toBe(502);
    expect((await problemFrom(answer(500, "{"))).status).toBe(500);
  });

  test("what is no answer at all counts as not reached", () => {
    expect(asProblem(new TypeError("Failed to fetch")).status).toBe(0);
    const problem = new Problem(409);
    expect(asProblem(problem)).toBe(problem);
  });
});

describe("explaining a problem without words of its own", () => {
  test.each([
    [0, "无法连接服务器"],
    [400, "提交的内容有误"],
    [401, "您的登录已失效"],
    [403, "您没有办理此事项的权限"],
    [404, "内容不存在，或您无权查看"],
    [409, "当前状态不允许此操作"],
    [412, "内容已被他人修改"],
    [422, "不予办理"],
    [428, "内容已被他人修改"],
    [429, "操作过于频繁"],
    [500, "系统故障，本次操作未生效"],
    [503, "系统故障，本次操作未生效"],
  ])("%d says %s and what would help", (status, title) => {
    const told = explain(new Problem(status), "zh");
    expect(told.title).toBe(title);
    expect(told.remedy).not.toBe("");
    expect(explain(new Problem(status), "en").title).not.toMatch(/[\u4e00-\u9fff]/);
  });

  test("shows the trace number of a fault only", () => {
    expect(explain(new Problem(500, { trace_id: "t" }), "zh").trace).toBe("t");
    expect(explain(new Problem(409, { trace_id: "t" }), "zh").trace).toBe("");
  });
});

test("says what is wrong at a place in the language of the reader", () => {
  const errors = [{ pointer: "/name", detail: "请填写名称" }];
  const problem = new Problem(422, { title: "请填写名称", title_en: "Fill in the name", errors });
  expect(placesOf(problem, "zh")).toEqual(errors);
  expect(placesOf(problem, "en")).toEqual([{ pointer: "/name", detail: "Fill in the name" }]);
  const both = [{ pointer: "/name", detail: "请填写名称", detail_en: "fill this in" }];
  const told = new Problem(422, { title: "内容有误", title_en: "It is wrong", errors: both });
  expect(placesOf(told.at((at) => `/new${at}`), "en")).toEqual([
    { pointer: "/new/name", detail: "Fill this in" },
  ]);
});

test("gives general advice where what helps is said in the other language only", () => {
  const told = { title: "归属已冻结", title_en: "Ownership is frozen" };
  const problem = new Problem(409, { ...told, remedy: "请通过交接方案办理。" });
  expect(explain(problem, "en").remedy).toBe("Reload the page to see the current state.");
  // Nothing would help, and the server knows it.
  expect(explain(new Problem(409, told), "en").remedy).toBe("");
});

test("puts sentences into one line, each with its stop", () => {
  expect(inOneLine(["已冻结", "请稍后再试。"], "zh")).toBe("已冻结。请稍后再试。");
  expect(inOneLine(["已冻结。", ""], "zh")).toBe("已冻结。");
  expect(inOneLine(["It is frozen", "Try again"], "en")).toBe("It is frozen. Try again");
  expect(inOneLine(["It is frozen.", undefined, "Try again"], "en")).toBe(
    "It is frozen. Try again",
  );
});

test.each([
  ["/owner", ["owner"]],
  ["/items/0/owner", ["items", 0, "owner"]],
  ["/a~1b/c~0d", ["a/b", "c~d"]],
  ["", []],
])("pointer %j leads to %j", (pointer, path) => expect(fieldPath(pointer)).toEqual(path));
