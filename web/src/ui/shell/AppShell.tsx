/** The frame around every page: menu, bar, content; on a phone a drawer and a bottom bar 应用框架. */
import { CloseOutlined, MenuOutlined } from "@ant-design/icons";
import { Drawer } from "antd";
import { useState, type ReactNode } from "react";
import { Link, NavLink } from "react-router";
import { useLanguage, useWords } from "@/lib/language";
import { inLanguage } from "@/lib/words";
import { Brand } from "../Brand";
import { LanguageSwitch } from "../LanguageSwitch";
import { TABLET, useNarrow } from "../useNarrow";
import { uiWords } from "../words";
import styles from "./AppShell.module.css";
import type { Place } from "./feature";
import { Menu } from "./Menu";
import { TopBar } from "./TopBar";

const FOLDED = "baton.menu-folded";

type Props = {
  places: readonly Place[];
  account: ReactNode;
  /** Beside the account: notices and the like. */
  tools?: ReactNode;
  /** Above the content: what concerns every page. */
  banner?: ReactNode;
  children: ReactNode;
};

export function AppShell({ places, account, tools, banner, children }: Props) {
  const w = useWords(uiWords);
  const narrow = useNarrow(TABLET);
  const [folded, setFolded] = useState(() => localStorage.getItem(FOLDED) === "1");
  const [menuOpen, setMenuOpen] = useState(false);

  function turnMenu() {
    if (narrow) return setMenuOpen(true);
    localStorage.setItem(FOLDED, folded ? "0" : "1");
    setFolded(!folded);
  }

  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {w("skip")}
      </a>
      {!narrow && (
        <aside className={`${styles.sider} ${folded ? styles.thin : ""}`}>
          <Link to="/" className={styles.brand}>
            <Brand folded={folded} />
          </Link>
          <Menu places={places} folded={folded} />
        </aside>
      )}
      <div className={styles.column}>
        <TopBar {...{ narrow, folded, tools, account }} onMenu={turnMenu} />
        {banner}
        <main id="content" tabIndex={-1} className={styles.content}>
          {children}
        </main>
        {narrow && <BottomBar places={places} onMenu={() => setMenuOpen(true)} />}
      </div>
      <Drawer
        open={narrow && menuOpen}
        placement="left"
        size={260}
        title={<Brand />}
        rootClassName={styles.drawerRoot}
        footer={<LanguageSwitch />}
        closable={{ closeIcon: <CloseOutlined className={styles.close} /> }}
        onClose={() => setMenuOpen(false)}
      >
        <Menu places={places} onGo={() => setMenuOpen(false)} />
      </Drawer>
    </div>
  );
}

/** The first places within reach of a thumb; the menu has the rest. */
function BottomBar({ places, onMenu }: { places: readonly Place[]; onMenu: () => void }) {
  const w = useWords(uiWords);
  const language = useLanguage();
  const first = places.filter(({ group }) => !group).slice(0, 4);
  return (
    <nav className={styles.bottom} aria-label={w("menu")}>
      {first.map(({ to, label, icon: Icon }) => (
        <NavLink key={to} to={to} end={to === "/"}>
          <Icon />
          <span>{inLanguage(label, language)}</span>
        </NavLink>
      ))}
      <button type="button" onClick={onMenu}>
        <MenuOutlined />
        <span>{w("menu")}</span>
      </button>
    </nav>
  );
}
