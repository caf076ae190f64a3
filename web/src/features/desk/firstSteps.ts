/** What is done first where nothing is yet 起步次序. */

/** In words of the desk. */
export type Step = {
  key: "first_login" | "first_people" | "first_import" | "first_wait" | "first_no_role";
  to?: string;
  link?: "to_logins" | "to_departments" | "to_imports";
};

type Who = { noRole: boolean; imports: boolean };

/** Whether there is any; not known to whom it is none of their business, or not yet. */
type House = {
  logins?: boolean | undefined;
  people?: boolean | undefined;
  customers?: boolean | undefined;
};

export function firstSteps({ noRole, imports }: Who, { logins, people, customers }: House): Step[] {
  if (noRole) return [{ key: "first_no_role" }];
  const steps: Step[] = [];
  if (logins === false) {
    steps.push({ key: "first_login", to: "/system/logins", link: "to_logins" });
  }
  if (people === false) {
    steps.push({ key: "first_people", to: "/departments", link: "to_departments" });
  }
  if (customers === false && imports) {
    steps.push({ key: "first_import", to: "/imports", link: "to_imports" });
  }
  if (customers === false && !imports) steps.push({ key: "first_wait" });
  return steps;
}
