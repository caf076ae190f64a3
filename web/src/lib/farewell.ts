/**
 * The number of a departure whose filing signed its own filer out, for the sign-in page to tell;
 * kept in this tab, since a fresh page follows 退出前的交代.
 */
const KEY = "baton.filed";

export const keepFiled = (number: string) => sessionStorage.setItem(KEY, number);
export const keptFiled = () => sessionStorage.getItem(KEY);
export const forgetFiled = () => sessionStorage.removeItem(KEY);
