import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Change } from "@trivium/model";
import { useState } from "react";
import { useLocation, useSearchParams } from "wouter";
import { Button } from "../../components/button.tsx";
import { Field, SelectField } from "../../components/field.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { ProblemNotice, ReadOnlyNotice } from "../../components/states.tsx";
import { tell } from "../../components/toast.tsx";
import { client } from "../../data/client.ts";
import { queries } from "../../data/queries.ts";
import type { DatasetResource, StoredScenario, Template } from "../../data/resources.ts";
import { useMay } from "../../data/session.tsx";
import { useUndo } from "../../data/undo.ts";
import { short } from "../../format.ts";
import { scenarios } from "../../text/scenarios.ts";
import { ChangeEditor } from "./change-editor.tsx";
import type { FormChange } from "./change-kinds.ts";
import { ChangeList } from "./change-list.tsx";
import { RECIPES } from "./recipes.ts";
import { readSettings, SolveSettingsFields } from "./solve-settings.tsx";

const text = scenarios.edit;

/** A new scenario: on a dataset (`?dataset=`), or as a changed copy of another (`?from=`). */
export default function Edit() {
  const may = useMay();
  const [search] = useSearchParams();
  const from = search.get("from");
  const original = useQuery({ ...queries.scenario(from ?? ""), enabled: from !== null });
  const datasets = useQuery(queries.datasets());
  const templates = useQuery(queries.templates());
  const name = original.data?.scenario.name;
  return (
    <>
      <PageHead
        title={name === undefined ? text.title : text.copyTitle(name)}
        above={[{ name: scenarios.tree.title, href: "/scenarios" }]}
      >
        {text.intro}
      </PageHead>
      {may("planner") ? (
        <QueryState query={templates}>
          {(tables) => (
            <QueryState query={datasets}>
              {(found) =>
                from === null ? (
                  <ScenarioForm
                    templates={tables}
                    datasets={found}
                    chosen={search.get("dataset") ?? found[0]?.dataset_hash}
                  />
                ) : (
                  <QueryState query={original}>
                    {(copied) => (
                      <ScenarioForm
                        templates={tables}
                        datasets={found}
                        chosen={copied.dataset_hash}
                        original={copied}
                      />
                    )}
                  </QueryState>
                )
              }
            </QueryState>
          )}
        </QueryState>
      ) : (
        <ReadOnlyNotice roles="planner" />
      )}
    </>
  );
}

interface FormProps {
  readonly templates: readonly Template[];
  readonly datasets: readonly DatasetResource[];
  readonly chosen: string | undefined;
  readonly original?: StoredScenario;
}

function ScenarioForm({ templates, datasets, chosen, original }: FormProps) {
  const [, navigate] = useLocation();
  const queryClient = useQueryClient();
  const changes = useUndo<readonly Change[]>([]);
  const [editing, setEditing] = useState<FormChange>();
  const create = useMutation({
    mutationFn: (form: FormData) =>
      client.createScenario({
        dataset_hash: String(form.get("dataset")),
        ...(original ? { from: original.scenario_id } : {}),
        name: String(form.get("name")),
        changes: [...changes.now],
        settings: readSettings(form),
      }),
    onSuccess: async ({ scenario_id }) => {
      await queryClient.invalidateQueries({ queryKey: ["scenarios"] });
      tell(text.created);
      navigate(`/scenarios/${scenario_id}`);
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(new FormData(event.currentTarget));
      }}
    >
      <div className="card form">
        <div className="form-row">
          <Field
            label={text.name}
            name="name"
            hint={text.nameHint}
            required
            maxLength={200}
            defaultValue={original ? "" : undefined}
          />
          <SelectField
            label={text.dataset}
            name="dataset"
            defaultValue={chosen}
            options={datasets.map(({ dataset_hash, name, school_year }) => [
              dataset_hash,
              `${name} ${school_year}, ${short(dataset_hash)}`,
            ])}
          />
        </div>
      </div>
      <section className="card" aria-label={text.changes}>
        <div className="card-head">
          <h2>{text.changes}</h2>
          <div className="row">
            <Button look="small" disabled={!changes.undo} onClick={changes.undo}>
              {text.undo}
            </Button>
            <Button look="small" disabled={!changes.redo} onClick={changes.redo}>
              {text.redo}
            </Button>
          </div>
        </div>
        {original && original.scenario.changes.length > 0 && (
          <details>
            <summary>{text.inherited(original.scenario.changes.length)}</summary>
            <ChangeList changes={original.scenario.changes} />
          </details>
        )}
        {changes.now.length === 0 ? (
          !original && <p className="muted">{text.noChanges}</p>
        ) : (
          <ul className="stack-close">
            {changes.now.map((change, index) => (
              <li key={JSON.stringify(change)} className="row spread">
                <ChangeList changes={[change]} />
                <Button look="small" onClick={() => changes.change(changes.now.toSpliced(index, 1))}>
                  {text.remove}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <div className="row">
          <Button onClick={() => setEditing({ op: "set", table: "buses", where: {}, values: {} })}>{text.add}</Button>
          <span className="small muted">{text.common}:</span>
          {RECIPES.map(({ name, change }) => (
            <Button key={name} look="small" onClick={() => setEditing(change)}>
              {name}
            </Button>
          ))}
        </div>
      </section>
      <SolveSettingsFields settings={original?.scenario.settings} />
      {create.isError && <ProblemNotice error={create.error} />}
      <div className="row">
        <Button type="submit" look="main" disabled={create.isPending}>
          {text.create}
        </Button>
      </div>
      {editing && (
        <ChangeEditor
          start={editing}
          templates={templates}
          onClose={() => setEditing(undefined)}
          onDone={(change) => {
            changes.change([...changes.now, change]);
            setEditing(undefined);
          }}
        />
      )}
    </form>
  );
}
