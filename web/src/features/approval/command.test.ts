import { expect, test } from "vitest";
import { commandOf, isPlain, needOf } from "./command";

test.each([
  ["claim", {}, { do: "claim", item: 7 }],
  ["approve", { comment: " 同意 " }, { do: "approve", item: 7, comment: "同意" }],
  ["approve", {}, { do: "approve", item: 7, comment: "" }],
  [
    "approve",
    { comment: "同意", shown: "0a" },
    { do: "approve", item: 7, comment: "同意", shown: "0a" },
  ],
  ["reject", { comment: "不妥", shown: "0a" }, { do: "reject", item: 7, comment: "不妥" }],
  ["complete", { checked: ["电脑"] }, { do: "complete", item: 7, comment: "", checked: ["电脑"] }],
  [
    "send_back",
    { to: "previous", comment: "缺附件" },
    { do: "send_back", item: 7, to: "previous", comment: "缺附件" },
  ],
  ["hand_on", { person: "emp_1" }, { do: "hand_on", item: 7, to: "emp_1", comment: "" }],
  [
    "add_before",
    { person: "emp_1" },
    { do: "add_signer", item: 7, person: "emp_1", seating: "before", comment: "" },
  ],
])("%s with %j sends %j", (button, filled, sent) => {
  expect(commandOf(button, 7, filled)).toEqual(sent);
});

test("whoever refuses or sends back must say why; claiming asks nothing", () => {
  expect(needOf("reject").comment).toBe("must");
  expect(needOf("send_back")).toMatchObject({ comment: "must", target: true });
  expect(isPlain("claim")).toBe(true);
  expect(isPlain("reject")).toBe(false);
  expect(needOf("something_new").comment).toBe("may");
});
