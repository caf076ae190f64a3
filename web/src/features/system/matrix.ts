/** Roles, permissions, and how far each reaches 权限矩阵数据. */
import { queryOptions } from "@tanstack/react-query";
import { api, take, type Schema } from "@/api/client";

export type Matrix = Schema<"Matrix">;
export type PermissionRow = Schema<"PermissionRow">;

export const matrixQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: () => take(api.GET("/roles")),
  staleTime: Infinity,
});

export type Area = { key: string; permissions: PermissionRow[] };

/** The permissions by the noun they are about, `customer.read` under `customer`, order kept. */
export function areasOf(permissions: readonly PermissionRow[]): Area[] {
  const areas: Area[] = [];
  for (const permission of permissions) {
    const key = permission.key.split(".")[0] ?? "";
    const area = areas.find((one) => one.key === key);
    if (area) area.permissions.push(permission);
    else areas.push({ key, permissions: [permission] });
  }
  return areas;
}
