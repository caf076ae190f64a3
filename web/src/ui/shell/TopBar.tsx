/** The bar above every page: where one is, and who one is 顶栏. */
import { MenuFoldOutlined, MenuOutlined, MenuUnfoldOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useWords } from "@/lib/language";
import { LanguageSwitch } from "../LanguageSwitch";
import { useShownTitle } from "../pageTitle";
import { uiWords } from "../words";
import styles from "./AppShell.module.css";

type Props = {
  narrow: boolean;
  folded: boolean;
  onMenu: () => void;
  tools?: ReactNode;
  account: ReactNode;
};

export function TopBar({ narrow, folded, onMenu, tools, account }: Props) {
  const w = useWords(uiWords);
  const { title } = useShownTitle();
  const wide = w(folded ? "unfold" : "fold");
  const Icon = narrow ? MenuOutlined : folded ? MenuUnfoldOutlined : MenuFoldOutlined;
  return (
    <header className={styles.bar}>
      <Button
        type="text"
        icon={<Icon />}
        aria-label={narrow ? w("menu") : wide}
        onClick={onMenu}
      />
      {narrow ? (
        <span className={styles.here} aria-hidden>
          {title}
        </span>
      ) : (
        <Crumbs />
      )}
      {/* Going to another page loads none: people who listen are told where they have come. */}
      <span className="heard" role="status">
        {title}
      </span>
      <div className={styles.tools}>
        {tools}
        {!narrow && <LanguageSwitch />}
        {account}
      </div>
    </header>
  );
}

function Crumbs() {
  const w = useWords(uiWords);
  const { title, trail } = useShownTitle();
  return (
    <nav className={styles.crumbs} aria-label={w("crumbs")}>
      <ol>
        {trail.map(({ label, to }) => (
          <li key={to}>
            <Link to={to}>{label}</Link>
          </li>
        ))}
        {title && <li aria-current="page">{title}</li>}
      </ol>
    </nav>
  );
}
