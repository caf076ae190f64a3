/** Chooses a colleague by name, pinyin or number 选人. */
import { Select } from "antd";
import { useEffect, useState } from "react";
import { useWords } from "@/lib/language";
import { uiWords } from "./words";

/** A person to choose; `note` tells namesakes apart. */
export type Choosable = { id: string; name: string; number: string; department?: string };

type Props = {
  id?: string;
  value?: string;
  onChange?: (id: string) => void;
  search: (q: string) => Promise<Choosable[]>;
  /** Shown before anything is searched. */
  known?: readonly Choosable[];
  /** Nobody may be chosen too. */
  clearable?: boolean;
  /** What to type, where it is not a person that is looked for. */
  hint?: string;
};

/** How long typing must rest before the server is asked, in milliseconds. */
const REST = 250;

export function PersonSelect(props: Props) {
  const { id, value, onChange, search, known = [], clearable = false, hint } = props;
  const w = useWords(uiWords);
  const [typed, setTyped] = useState("");
  const [found, setFound] = useState<readonly Choosable[]>(known);
  useEffect(() => {
    let late = false;
    const timer = setTimeout(() => {
      search(typed).then(
        (people) => !late && setFound(people),
        () => !late && setFound([]),
      );
    }, REST);
    return () => {
      late = true;
      clearTimeout(timer);
    };
    // The search is the same for the life of the field.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [typed]);
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      allowClear={clearable}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder={hint ?? w("person_hint")}
      options={found.map((person) => ({
        value: person.id,
        label: [`${person.name} ${person.number}`, person.department].filter(Boolean).join(" · "),
      }))}
    />
  );
}
