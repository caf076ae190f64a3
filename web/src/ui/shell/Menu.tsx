/** The places a person may go to, as real links 导航菜单. */
import { DownOutlined, SettingOutlined } from "@ant-design/icons";
import { useState } from "react";
import { NavLink, useLocation } from "react-router";
import { useLanguage, useWords } from "@/lib/language";
import { inLanguage, type Pair } from "@/lib/words";
import { uiWords } from "../words";
import type { Place, PlaceGroup } from "./feature";
import styles from "./Menu.module.css";

const groups: Record<PlaceGroup, { label: Pair; icon: typeof SettingOutlined }> = {
  system: { label: ["系统", "System"], icon: SettingOutlined },
};

type Props = { places: readonly Place[]; folded?: boolean; onGo?: () => void };

export function Menu({ places, folded = false, onGo }: Props) {
  const w = useWords(uiWords);
  const inGroup = (group: PlaceGroup) => places.filter((place) => place.group === group);
  return (
    <nav aria-label={w("main_menu")} className={folded ? styles.folded : undefined}>
      <ul className={styles.list}>
        {places
          .filter(({ group }) => !group)
          .map((place) => (
            <MenuLink key={place.to} place={place} folded={folded} onGo={onGo} />
          ))}
        {(Object.keys(groups) as PlaceGroup[])
          .filter((group) => inGroup(group).length > 0)
          .map((group) => (
            <MenuGroup key={group} group={group} places={inGroup(group)} {...{ folded, onGo }} />
          ))}
      </ul>
    </nav>
  );
}

type LinkProps = { place: Place; folded: boolean; onGo?: () => void };

function MenuLink({ place, folded, onGo }: LinkProps) {
  const label = inLanguage(place.label, useLanguage());
  const { icon: Icon, badge: Badge } = place;
  return (
    <li>
      <NavLink
        to={place.to}
        end={place.to === "/"}
        className={styles.link}
        onClick={onGo}
        {...(folded && { "aria-label": label, title: label })}
      >
        <Icon />
        {!folded && <span>{label}</span>}
        {!folded && Badge && <Badge />}
      </NavLink>
    </li>
  );
}

type GroupProps = Props & { group: PlaceGroup; folded: boolean };

function MenuGroup({ group, places, folded, onGo }: GroupProps) {
  const language = useLanguage();
  const { pathname } = useLocation();
  const inside = places.some(({ to }) => pathname.startsWith(to));
  const [open, setOpen] = useState(inside);
  const { label, icon: Icon } = groups[group];
  const links = places.map((place) => (
    <MenuLink key={place.to} place={place} folded={folded} onGo={onGo} />
  ));
  // Folded there is no room for a heading: the links stand by themselves, under a rule.
  if (folded) return <>{links}</>;
  return (
    <li>
      <button
        type="button"
        className={styles.link}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon />
        <span>{inLanguage(label, language)}</span>
        <DownOutlined className={open ? styles.up : styles.down} />
      </button>
      {open && <ul className={styles.inner}>{links}</ul>}
    </li>
  );
}
