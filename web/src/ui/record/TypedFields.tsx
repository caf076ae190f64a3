/** The fields of a document that somebody fills in, built from what the server says 文书填写表单. */
import { MinusCircleOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { useLanguage, useWords } from "@/lib/language";
import type { TypedField } from "@/lib/typedFields";
import { words, type Language } from "@/lib/words";
import { DayPicker } from "../DayPicker";
import styles from "./TypedFields.module.css";

const typedWords = words({
  required: ["请填写{field}", "Please fill in: {field}"],
  amount: ["金额最多两位小数", "An amount has two decimals at most"],
  yes: ["是", "Yes"],
  no: ["否", "No"],
  add: ["添加一行", "Add a row"],
  remove: ["删去第 {row} 行", "Remove row {row}"],
  yuan: ["元", "yuan"],
});

/** Days are kept as ISO days, so that the form holds what is sent. */
const asDay = {
  getValueProps: (value?: string | null) => ({ value: value ? dayjs(value) : null }),
  getValueFromEvent: (day: dayjs.Dayjs | null) => day?.format("YYYY-MM-DD") ?? null,
};

type Name = (string | number)[];

const hintOf = (of: TypedField, language: Language) => (language === "zh" ? of.hint : of.hint_en);

export function TypedFields({ of, at = ["typed"] }: { of: readonly TypedField[]; at?: Name }) {
  return of.map((field) =>
    field.kind === "list" ? (
      <RowsField key={field.key} of={field} name={[...at, field.key]} />
    ) : (
      <OneField key={field.key} of={field} name={[...at, field.key]} />
    ),
  );
}

/** `path` is the whole way to a field inside a row, whose own name begins at the list. */
function OneField({ of, name, path = name }: { of: TypedField; name: Name; path?: Name }) {
  const w = useWords(typedWords);
  const language = useLanguage();
  const label = of[language] || of.zh;
  const money = of.kind === "money";
  const rules = [
    ...(of.required ? [{ required: true, message: w("required", { field: label }) }] : []),
    ...(money ? [{ pattern: /^\d+(\.\d{1,2})?$/, message: w("amount") }] : []),
  ];
  const inRow = path !== name;
  return (
    <Form.Item
      name={name}
      label={label}
      rules={rules}
      extra={inRow ? undefined : hintOf(of, language) || undefined}
      className={inRow ? styles.cell : undefined}
      {...(of.kind === "day" ? asDay : {})}
    >
      <Control of={of} />
    </Form.Item>
  );
}

type ControlProps = { of: TypedField; id?: string; value?: never; onChange?: never };

function Control({ of, ...field }: ControlProps) {
  const w = useWords(typedWords);
  if (of.choices.length > 0) {
    return <Select {...field} allowClear options={of.choices.map((value) => ({ value }))} />;
  }
  const most = of.most ? Number(of.most) : undefined;
  switch (of.kind) {
    case "day":
      return <DayPicker {...field} className={styles.wide} />;
    case "money":
      return <Input {...field} inputMode="decimal" suffix={w("yuan")} />;
    case "count":
      return (
        <InputNumber
          {...field}
          className={styles.wide}
          precision={0}
          min={of.least ? Number(of.least) : 0}
          max={most}
        />
      );
    case "yes":
      return (
        <Select
          {...field}
          options={[
            { value: true, label: w("yes") },
            { value: false, label: w("no") },
          ]}
        />
      );
    case "note":
      return <Input.TextArea {...field} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={most} />;
    default:
      return <Input {...field} maxLength={most ?? 200} />;
  }
}

function RowsField({ of, name }: { of: TypedField; name: Name }) {
  const w = useWords(typedWords);
  const language = useLanguage();
  const label = of[language] || of.zh;
  const hint = hintOf(of, language);
  return (
    <fieldset className={styles.rows}>
      <legend>{label}</legend>
      {hint && <p className={styles.hint}>{hint}</p>}
      <Form.List
        name={name}
        rules={
          of.required
            ? [
                {
                  validator: (_, rows?: unknown[]) =>
                    rows?.length
                      ? Promise.resolve()
                      : Promise.reject(new Error(w("required", { field: label }))),
                },
              ]
            : []
        }
      >
        {(rows, { add, remove }, { errors }) => (
          <>
            {rows.map((row) => (
              <div key={row.key} className={styles.row}>
                {of.columns.map((column) => (
                  <OneField
                    key={column.key}
                    of={column}
                    name={[row.name, column.key]}
                    path={[...name, row.name, column.key]}
                  />
                ))}
                <Button
                  type="text"
                  icon={<MinusCircleOutlined />}
                  aria-label={w("remove", { row: row.name + 1 })}
                  onClick={() => remove(row.name)}
                />
              </div>
            ))}
            <Form.ErrorList errors={errors} />
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({})} block>
              {w("add")}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}
