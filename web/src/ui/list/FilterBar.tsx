/** The filters above a list; on a phone only the search box until asked for more 筛选栏. */
import { FilterOutlined, SearchOutlined } from "@ant-design/icons";
import { Badge, Button, Input, Select } from "antd";
import dayjs from "dayjs";
import { useId, useState } from "react";
import { useWords } from "@/lib/language";
import { DayPicker } from "../DayPicker";
import { useNarrow } from "../useNarrow";
import { uiWords } from "../words";
import type { Filter } from "./filter";
import styles from "./FilterBar.module.css";
import type { ListAddress } from "./useListAddress";

type Props = { filters: readonly Filter[]; address: ListAddress };

export function FilterBar({ filters, address }: Props) {
  const w = useWords(uiWords);
  const narrow = useNarrow();
  const [unfolded, setUnfolded] = useState(false);
  // Folding pays only where there is something beside it to stay.
  const folds = narrow && filters.length > 1;
  const shown = filters.filter(({ kind }) => !folds || unfolded || kind === "search");
  const chosen = Object.keys(address.filters).length;
  return (
    <div className={styles.bar} role="search" aria-label={w("filters")}>
      {shown.map((filter) => (
        <FilterField key={filter.key} filter={filter} address={address} />
      ))}
      {folds && (
        <Badge count={chosen} size="small">
          <Button
            icon={<FilterOutlined />}
            aria-expanded={unfolded}
            onClick={() => setUnfolded(!unfolded)}
          >
            {w("filter")}
          </Button>
        </Badge>
      )}
      {address.filtered && (
        <Button type="link" onClick={address.clear}>
          {w("clear")}
        </Button>
      )}
    </div>
  );
}

type FieldProps = { filter: Filter; address: ListAddress };

function FilterField({ filter, address }: FieldProps) {
  const id = useId();
  return (
    <div className={filter.kind === "search" ? styles.search : styles.field}>
      <label htmlFor={id}>{filter.label}</label>
      <FilterControl id={id} filter={filter} address={address} />
    </div>
  );
}

function FilterControl({ id, filter, address }: FieldProps & { id: string }) {
  const w = useWords(uiWords);
  const value = address.filters[filter.key];
  switch (filter.kind) {
    case "search":
      return (
        <SearchBox
          id={id}
          value={value ?? ""}
          hint={filter.hint}
          onSearch={(text) => address.put(filter.key, text)}
        />
      );
    case "choice":
      return (
        <Select
          id={id}
          value={value}
          placeholder={w("all")}
          allowClear
          options={[...filter.choices]}
          onChange={(next: string | undefined) => address.put(filter.key, next)}
        />
      );
    case "day":
      return (
        <DayPicker
          id={id}
          value={value ? dayjs(value) : null}
          onChange={(next) => address.put(filter.key, next?.format("YYYY-MM-DD"))}
        />
      );
  }
}

type SearchProps = {
  id: string;
  value: string;
  hint: string;
  onSearch: (text: string) => void;
};

/**
 * A new address (say, after “clear”) brings its own text into the box. One that the box asked for
 * itself leaves alone what was typed since, and the focus where it is.
 */
function SearchBox({ id, value, hint, onSearch }: SearchProps) {
  const w = useWords(uiWords);
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const [sent, setSent] = useState<string>();
  if (value !== seen) {
    setSeen(value);
    setSent(undefined);
    if (value !== sent) setText(value);
  }
  return (
    <Input.Search
      id={id}
      value={text}
      placeholder={hint}
      allowClear
      enterButton={<Button icon={<SearchOutlined />} aria-label={w("search")} />}
      onChange={({ target }) => setText(target.value)}
      onSearch={(typed) => {
        setSent(typed.trim());
        onSearch(typed.trim());
      }}
    />
  );
}
