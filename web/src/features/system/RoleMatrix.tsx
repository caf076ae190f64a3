/** What each role may do and how far it reaches 角色权限矩阵页. */
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { Fragment, useState } from "react";
import { useLanguage, useWords } from "@/lib/language";
import type { Say } from "@/lib/words";
import { Loaded } from "@/ui/Loaded";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { StatusTag } from "@/ui/StatusTag";
import { TABLET, useNarrow } from "@/ui/useNarrow";
import { areasOf, matrixQuery, type Matrix, type PermissionRow } from "./matrix";
import styles from "./system.module.css";
import { systemWords } from "./words";

type W = Say<typeof systemWords>;
type Key = keyof typeof systemWords;

const has = (key: string): key is Key => key in systemWords;

function nameOf(w: W, key: string, otherwise: string): string {
  return has(key) ? (w as (key: Key) => string)(key) : otherwise;
}

export function Component() {
  const w = useWords(systemWords);
  const narrow = useNarrow(TABLET);
  const query = useQuery(matrixQuery);
  return (
    <>
      <PageHeader title={w("roles")} note={w("roles_note")} />
      <Panel flush>
        <Loaded query={query}>
          {(matrix) => (narrow ? <OneRole of={matrix} /> : <Table of={matrix} />)}
        </Loaded>
      </Panel>
    </>
  );
}

function Scope({ of }: { of: string | undefined }) {
  const w = useWords(systemWords);
  if (!of || of === "none") return <span className={styles.none}>{w("scope_none")}</span>;
  return <span className={styles[of]}>{nameOf(w, `scope_${of}`, of)}</span>;
}

function InHandover({ of }: { of: PermissionRow }) {
  const w = useWords(systemWords);
  return of.closed_in_handover ? (
    <StatusTag tone="plain">{w("handover_closed")}</StatusTag>
  ) : (
    <StatusTag tone="busy">{w("handover_kept")}</StatusTag>
  );
}

function Table({ of }: { of: Matrix }) {
  const w = useWords(systemWords);
  const language = useLanguage();
  return (
    <table className={styles.matrix}>
      <thead>
        <tr>
          <th scope="col">{w("permission")}</th>
          {of.roles.map((role) => (
            <th key={role.key} scope="col">
              {role[language]}
            </th>
          ))}
          <th scope="col">{w("handover")}</th>
        </tr>
      </thead>
      <tbody>
        {areasOf(of.permissions).map((area) => (
          <Fragment key={area.key}>
            <tr className={styles.area}>
              <th scope="rowgroup" colSpan={of.roles.length + 2}>
                {nameOf(w, `area_${area.key}`, area.key)}
              </th>
            </tr>
            {area.permissions.map((permission) => (
              <tr key={permission.key}>
                <th scope="row">{permission[language]}</th>
                {of.roles.map((role) => (
                  <td key={role.key}>
                    <Scope of={role.grants[permission.key]} />
                  </td>
                ))}
                <td>
                  <InHandover of={permission} />
                </td>
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

/** On a narrow screen one role at a time. */
function OneRole({ of }: { of: Matrix }) {
  const w = useWords(systemWords);
  const language = useLanguage();
  const [key, setKey] = useState(of.roles[0]?.key);
  const role = of.roles.find((one) => one.key === key);
  const held = of.permissions.filter((permission) => role?.grants[permission.key]);
  return (
    <div className={styles.one}>
      <label htmlFor="role">{w("role")}</label>
      <Select
        id="role"
        value={key}
        onChange={setKey}
        options={of.roles.map((one) => ({ value: one.key, label: one[language] }))}
      />
      {areasOf(held).map((area) => (
        <section key={area.key}>
          <h2>{nameOf(w, `area_${area.key}`, area.key)}</h2>
          <ul>
            {area.permissions.map((permission) => (
              <li key={permission.key}>
                <span>{permission[language]}</span>
                <Scope of={role?.grants[permission.key]} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
