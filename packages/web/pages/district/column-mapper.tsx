import { useMemo, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { SelectField } from "../../components/field.tsx";
import type { Template } from "../../data/resources.ts";
import { common } from "../../text/common.ts";
import { district } from "../../text/district.ts";
import { guessed, previewOf } from "./recognise.ts";

const text = district.mapper;

/** How one file is read as a table; the API keeps it by the file's name. */
export interface FileMapping {
  readonly table: string;
  readonly delimiter: string;
  readonly header?: false;
  /** Our column → theirs: its name, or its number from 1 where the file has no names. */
  readonly columns: Readonly<Record<string, string | number>>;
}

interface Props {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly templates: readonly Template[];
  readonly onClose: () => void;
  readonly onMapped: (mapping: FileMapping) => void;
}

/** Asks which column is which, beginning with what their names suggest. */
export function ColumnMapper({ file, bytes, templates, onClose, onMapped }: Props) {
  const preview = useMemo(() => previewOf(bytes), [bytes]);
  const [table, setTable] = useState(() => likeliest(file, templates));
  const [headerless, setHeaderless] = useState(false);
  const theirs = preview.rows[0]?.map((name, index) => (headerless ? String(index + 1) : name)) ?? [];
  const template = templates.find((each) => each.table === table);
  return (
    <Dialog title={text.title(file)} onClose={onClose}>
      <p className="muted small">{text.intro}</p>
      <SelectField
        label={text.table}
        value={table}
        onChange={(event) => setTable(event.target.value)}
        options={[["", text.chooseTable], ...templates.map((each) => [each.table, each.file] as const)]}
      />
      <label className="check">
        <input type="checkbox" checked={headerless} onChange={(event) => setHeaderless(event.target.checked)} />
        {text.headerless}
      </label>
      {template && (
        <Columns
          key={`${table} ${headerless}`}
          template={template}
          theirs={theirs}
          samples={preview.rows.slice(headerless ? 0 : 1)}
          onSave={(columns) =>
            onMapped({
              table,
              delimiter: preview.delimiter,
              ...(headerless ? { header: false as const } : {}),
              columns: headerless ? numbered(columns) : columns,
            })
          }
        />
      )}
    </Dialog>
  );
}

const numbered = (columns: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(columns).map(([ours, theirs]) => [ours, Number(theirs)]));

function likeliest(file: string, templates: readonly Template[]): string {
  const name = file.toLowerCase();
  const found = templates.filter(({ table }) => name.includes(table.replace(/s$/, "")));
  return found.sort((a, b) => b.table.length - a.table.length)[0]?.table ?? "";
}

interface ColumnsProps {
  readonly template: Template;
  readonly theirs: readonly string[];
  readonly samples: readonly (readonly string[])[];
  readonly onSave: (columns: Readonly<Record<string, string>>) => void;
}

function Columns({ template, theirs, samples, onSave }: ColumnsProps) {
  const [columns, setColumns] = useState(() =>
    guessed(
      template.columns.map(({ name }) => name),
      theirs,
    ),
  );
  const missing = template.columns.filter(({ name, required }) => required && !columns[name]).map(({ name }) => name);
  const choose = (ours: string, chosen: string) => {
    const { [ours]: _before, ...others } = columns;
    setColumns(chosen === "" ? others : { ...others, [ours]: chosen });
  };
  return (
    <form className="form" action={() => onSave(columns)}>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text.ours}</th>
              <th scope="col">{text.theirs}</th>
              <th scope="col">{text.sample}</th>
            </tr>
          </thead>
          <tbody>
            {template.columns.map(({ name, required, expects }) => (
              <tr key={name}>
                <td>
                  <code>{name}</code>
                  {required && <span className="muted"> ({common.required})</span>}
                  <br />
                  <span className="muted small">{expects}</span>
                </td>
                <td>
                  <select
                    className="input"
                    aria-label={`${text.theirs}: ${name}`}
                    value={columns[name] ?? ""}
                    onChange={(event) => choose(name, event.target.value)}
                  >
                    <option value="">{text.notThere}</option>
                    {theirs.map((each) => (
                      <option key={each} value={each}>
                        {each}
                      </option>
                    ))}
                  </select>
                </td>
                <td className="muted">{samplesOf(samples, theirs.indexOf(columns[name]))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {missing.length > 0 && <p className="field-error">{text.missing(missing.join(", "))}</p>}
      <div className="row row-end">
        <Button type="submit" look="main" disabled={missing.length > 0}>
          {text.save}
        </Button>
      </div>
    </form>
  );
}

const samplesOf = (rows: readonly (readonly string[])[], column: number): string =>
  column < 0
    ? ""
    : rows
        .slice(0, 3)
        .map((row) => row[column] ?? "")
        .join(", ");
