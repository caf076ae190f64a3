/** A field for files, in our own words whatever language the browser speaks 选择文件. */
import { useId, useState, type AriaAttributes } from "react";
import { useWords } from "@/lib/language";
import { words } from "@/lib/words";
import styles from "./FileInput.module.css";

const fileWords = words({
  choose: ["点击选择文件，或拖到此处", "Choose a file, or drop it here"],
  choose_some: ["点击选择文件（可多选），或拖到此处", "Choose files, or drop them here"],
  again: ["（点击更换）", " (choose another)"],
  between: ["、", ", "],
});

/** What a form says of its field to screen readers. */
type Told = Pick<AriaAttributes, "aria-describedby" | "aria-invalid" | "aria-required">;

type Props = Told & {
  id?: string;
  /** Endings of names, with dots. */
  accept?: string;
  multiple?: boolean;
  /** What was chosen; never nothing. */
  onChange?: (files: File[]) => void;
};

/** A scan or a picture, unless told otherwise. */
const PAPERS = ".pdf,.png,.jpg,.jpeg";

/** Whether a file that was dropped has one of the endings; the browser's dialog asks itself. */
const fits = (accept: string) => (file: File) =>
  accept.split(",").some((ending) => file.name.toLowerCase().endsWith(ending));

export function FileInput(props: Props) {
  const { id, accept = PAPERS, multiple = false, onChange } = props;
  const w = useWords(fileWords);
  const own = useId();
  const [names, setNames] = useState<string[]>([]);
  const [over, setOver] = useState(false);
  function take(files: File[]) {
    const taken = multiple ? files : files.slice(0, 1);
    if (taken.length === 0) return;
    setNames(taken.map(({ name }) => name));
    onChange?.(taken);
  }
  return (
    <span className={styles.field}>
      <input
        id={id ?? own}
        type="file"
        className={styles.input}
        aria-describedby={props["aria-describedby"]}
        aria-invalid={props["aria-invalid"]}
        aria-required={props["aria-required"]}
        accept={accept}
        multiple={multiple}
        onChange={({ target }) => take([...(target.files ?? [])])}
      />
      <label
        htmlFor={id ?? own}
        className={over ? `${styles.area} ${styles.over}` : styles.area}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take([...event.dataTransfer.files].filter(fits(accept)));
        }}
      >
        {names.length === 0 ? (
          w(multiple ? "choose_some" : "choose")
        ) : (
          <>
            {names.join(w("between"))}
            <span className={styles.again}>{w("again")}</span>
          </>
        )}
      </label>
    </span>
  );
}

/** The one file out of what the field tells; for `getValueFromEvent`. */
export const fileIn = ([file]: File[]) => file;
