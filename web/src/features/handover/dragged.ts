/** What a drag carries, so that nothing from outside the page is taken for lines 拖拽类型. */
export const DRAGGED = "application/x-baton-lines";
