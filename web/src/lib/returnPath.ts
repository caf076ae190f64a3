/** Where to go after signing in 登录后返回. */

/** Only a path of this application; anything that could lead to another site is the desk. */
export function safeReturnPath(wanted: string | null): string {
  if (!wanted || !/^\/(?![/\\])/.test(wanted) || wanted.startsWith("/login")) return "/";
  return wanted;
}

/** The address of the sign-in page that comes back to `path` afterwards. */
export function loginPath(path: string): string {
  return path === "/" ? "/login" : `/login?return=${encodeURIComponent(path)}`;
}
