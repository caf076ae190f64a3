/** The places of commission beside each other, each for whom it is 提成导航. */
import { NavLink } from "react-router";
import { useCan } from "@/api/session";
import { useWords } from "@/lib/language";
import styles from "./commission.module.css";
import { talkWords } from "./talkWords";
import { commissionWords } from "./words";

export function Places() {
  const w = useWords(commissionWords);
  const talk = useWords(talkWords);
  const can = useCan();
  const places = [
    { to: "/commission", label: w("statements"), needs: "commission.read" },
    { to: "/commission/objections", label: talk("objections"), needs: "commission.answer" },
    { to: "/commission/months", label: w("months"), needs: "commission.run" },
    { to: "/commission/plans", label: w("plans"), needs: "commission.plan" },
    { to: "/commission/deals", label: w("deals"), needs: "commission.plan" },
  ].filter(({ needs }) => can(needs));
  if (places.length < 2) return null;
  return (
    <nav aria-label={w("title")} className={styles.places}>
      {places.map(({ to, label }) => (
        <NavLink key={to} to={to} end>
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
