/** In a house that is still empty: what whoever looks at it does first 起步指引. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useCan, useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { Panel } from "@/ui/Panel";
import { anyCustomerQuery, anyEmployeeQuery, hrLoginQuery } from "./calls";
import styles from "./desk.module.css";
import { firstSteps } from "./firstSteps";
import { deskWords } from "./words";

export function First() {
  const w = useWords(deskWords);
  const can = useCan();
  const { roles, permissions } = useSession();
  const wide = permissions["customer.read"];
  const asks = {
    logins: can("login.manage"),
    people: can("people.write"),
    customers: wide !== undefined && wide !== "own",
  };
  const logins = useQuery({ ...hrLoginQuery, enabled: asks.logins }).data;
  const people = useQuery({ ...anyEmployeeQuery, enabled: asks.people }).data;
  const customers = useQuery({ ...anyCustomerQuery, enabled: asks.customers }).data;
  const steps = firstSteps(
    { noRole: roles.length === 0, imports: can("import.run") },
    { logins, people, customers },
  );
  if (steps.length === 0) return null;
  return (
    <Panel title={w("first")}>
      <ul className={styles.rows}>
        {steps.map(({ key, to, link }) => (
          <li key={key}>
            <span className={styles.grow}>{w(key)}</span>
            {to && link && <Link to={to}>{w(link)}</Link>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
