/** Shows the person a file beside this page 打开文件. */

/** Long enough for a slow viewer to have read it, in milliseconds. */
const KEPT = 60_000;

/** Opens a file in a window of its own; in this one when the browser allows no other. */
export function openFile(content: Blob): void {
  const address = URL.createObjectURL(content);
  if (!window.open(address, "_blank")) window.location.assign(address);
  setTimeout(() => URL.revokeObjectURL(address), KEPT);
}
