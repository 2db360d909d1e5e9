import { Button } from "../../components/button.tsx";
import { Field, SelectField } from "../../components/field.tsx";
import type { Template } from "../../data/resources.ts";
import { scenarios } from "../../text/scenarios.ts";
import type { Cells } from "./change-kinds.ts";

const text = scenarios.edit;

interface Props {
  readonly label: string;
  readonly cells: Cells;
  /** The columns to choose from; none: any name. */
  readonly columns?: Template["columns"];
  readonly hint?: string;
  readonly onChange: (cells: Cells) => void;
}

/** Columns and their values, a line each. */
export function CellsEditor({ label, cells, columns, hint, onChange }: Props) {
  const set = (index: number, cell: readonly [string, string]) => onChange(cells.toSpliced(index, 1, cell));
  return (
    <fieldset className="cells">
      <legend className="field-label">{label}</legend>
      {cells.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line keeps its place while its column is chosen
        <div key={index} className="form-row">
          {columns ? (
            <SelectField
              label={text.column}
              value={name}
              onChange={(event) => set(index, [event.target.value, value])}
              options={[["", ""], ...columns.map((column) => [column.name, column.name] as const)]}
            />
          ) : (
            <Field
              label={text.setting}
              hint={hint}
              value={name}
              onChange={(event) => set(index, [event.target.value, value])}
            />
          )}
          <Field
            label={text.value}
            hint={columns ? columns.find((column) => column.name === name)?.expects : text.valueHint}
            value={value}
            onChange={(event) => set(index, [name, event.target.value])}
          />
        </div>
      ))}
      <div>
        <Button look="small" onClick={() => onChange([...cells, ["", ""]])}>
          {text.anotherColumn}
        </Button>
      </div>
    </fieldset>
  );
}
