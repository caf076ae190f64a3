/** A field for one scan or picture 选择文件. */

type Props = { id?: string; onChange?: (event: unknown) => void };

/** What was chosen stays in the field itself, which scripts cannot set. */
export function FileInput({ id, onChange }: Props) {
  return (
    <input id={id} type="file" accept=".pdf,.png,.jpg,.jpeg" onChange={(e) => onChange?.(e)} />
  );
}

/** The file out of what the field tells; for `getValueFromEvent`. */
export const fileIn = (event: { target: HTMLInputElement }) => event.target.files?.[0];
