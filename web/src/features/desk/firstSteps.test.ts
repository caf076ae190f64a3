import { expect, test } from "vitest";
import { firstSteps } from "./firstSteps";

const keys = (...[who, house]: Parameters<typeof firstSteps>) =>
  firstSteps(who, house).map(({ key }) => key);
const staff = { noRole: false, imports: false };

test("an empty house tells each the step that is theirs, and no button they lack", () => {
  expect(keys(staff, { logins: false })).toEqual(["first_login"]);
  expect(keys(staff, { people: false })).toEqual(["first_people"]);
  expect(firstSteps({ ...staff, imports: true }, { customers: false })).toEqual([
    { key: "first_import", to: "/imports", link: "to_imports" },
  ]);
  expect(firstSteps(staff, { customers: false })).toEqual([{ key: "first_wait" }]);
});

test("a house at work tells nothing, nor one of which nothing is known yet", () => {
  expect(keys(staff, {})).toEqual([]);
  expect(keys(staff, { logins: true, people: true, customers: true })).toEqual([]);
});

test("who has no role is told whom to ask", () => {
  expect(keys({ noRole: true, imports: false }, {})).toEqual(["first_no_role"]);
});
