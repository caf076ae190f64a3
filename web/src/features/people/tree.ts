/** Departments as a tree 部门树. */
import type { DepartmentItem } from "./calls";

export type Branch = DepartmentItem & { below: Branch[] };

/** The roots with everything below them; a department whose parent is not seen is a root. */
export function treeOf(items: readonly DepartmentItem[]): Branch[] {
  const branches = new Map(items.map((item) => [item.id, { ...item, below: [] as Branch[] }]));
  const roots: Branch[] = [];
  for (const branch of branches.values()) {
    const parent = branch.parent_id ? branches.get(branch.parent_id) : undefined;
    (parent ? parent.below : roots).push(branch);
  }
  return roots;
}
