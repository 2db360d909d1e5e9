import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field, SelectField } from "../../components/field.tsx";
import { PLAN_AREAS } from "../../data/areas.ts";
import type { Template } from "../../data/resources.ts";
import { common } from "../../text/common.ts";
import { scenarios } from "../../text/scenarios.ts";
import { CellsEditor } from "./cells-editor.tsx";
import { type Draft, draftOf, type FormChange, KINDS, readDraft } from "./change-kinds.ts";

const text = scenarios.edit;

interface Props {
  readonly start: FormChange;
  readonly templates: readonly Template[];
  readonly onClose: () => void;
  readonly onDone: (change: FormChange) => void;
}

/** One typed change, by form: the tables and columns are those of the data formats. */
export function ChangeEditor({ start, templates, onClose, onDone }: Props) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(start));
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const template = templates.find(({ table }) => table === draft.table);
  const columns = template?.columns ?? [];
  const ready = readDraft(draft);
  return (
    <Dialog title={text.add} onClose={onClose}>
      <div className="form">
        <SelectField
          label={text.kind}
          value={draft.op}
          onChange={(event) => set({ op: event.target.value as Draft["op"] })}
          options={KINDS.map((kind) => [kind, text.kinds[kind]])}
        />
        {draft.op === "settings" ? (
          <>
            <SelectField
              label={text.area}
              value={draft.area}
              onChange={(event) => set({ area: event.target.value as Draft["area"] })}
              options={PLAN_AREAS.map((area) => [area, common.areas[area]])}
            />
            <CellsEditor
              label={text.setting}
              cells={draft.settings}
              hint={text.settingHint}
              onChange={(settings) => set({ settings })}
            />
          </>
        ) : (
          <SelectField
            label={text.table}
            value={draft.table}
            onChange={(event) => set({ table: event.target.value, where: [["", ""]], values: [["", ""]] })}
            options={templates.map(({ table, file }) => [table, file])}
          />
        )}
        {(draft.op === "set" || draft.op === "remove") && (
          <CellsEditor label={text.where} cells={draft.where} columns={columns} onChange={(where) => set({ where })} />
        )}
        {(draft.op === "set" || draft.op === "add") && (
          <CellsEditor
            label={draft.op === "set" ? text.values : text.row}
            cells={draft.values}
            columns={columns}
            onChange={(values) => set({ values })}
          />
        )}
        <Field
          label={text.note}
          hint={text.noteHint}
          value={draft.note}
          onChange={(event) => set({ note: event.target.value })}
        />
        <div className="row row-end">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button look="main" disabled={!ready} onClick={() => ready && onDone(ready)}>
            {text.add}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
