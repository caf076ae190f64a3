import { expect, test } from "vitest";
import type { DepartmentItem } from "./calls";
import { treeOf } from "./tree";

const item = (id: string, parent_id: string | null) => ({ id, parent_id }) as DepartmentItem;

test("departments hang below their parents; one whose parent is out of sight is a root", () => {
  const pairs = [["sales", "hq"], ["hq", null], ["east", "sales"], ["x", "?"]] as const;
  const roots = treeOf(pairs.map(([id, parent]) => item(id, parent)));
  expect(roots.map(({ id }) => id)).toEqual(["hq", "x"]);
  expect(roots[0]?.below[0]?.id).toBe("sales");
  expect(roots[0]?.below[0]?.below[0]?.id).toBe("east");
});
