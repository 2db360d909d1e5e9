import type { SolveSettings } from "@trivium/model";
import { Field } from "../../components/field.tsx";
import { scenarios } from "../../text/scenarios.ts";

const text = scenarios.edit;

/** How long, with what, and from which seed. */
export function SolveSettingsFields({ settings = {} }: { settings?: SolveSettings }) {
  return (
    <section className="card" aria-label={text.solving}>
      <h2>{text.solving}</h2>
      <div className="form-row">
        <Field
          label={text.time}
          hint={text.timeHint}
          name="time_s"
          type="number"
          min={1}
          max={86_400}
          defaultValue={settings.time_s ?? 60}
        />
        <Field
          label={text.threads}
          name="threads"
          type="number"
          min={1}
          max={64}
          defaultValue={settings.threads ?? 2}
        />
        <Field
          label={text.seed}
          hint={text.seedHint}
          name="seed"
          type="number"
          min={0}
          defaultValue={settings.seed ?? 1}
        />
        <Field label={text.school} hint={text.schoolHint} name="school_id" defaultValue={settings.school_id} />
      </div>
    </section>
  );
}

export function readSettings(form: FormData): SolveSettings {
  const given = (name: string) => String(form.get(name) ?? "").trim();
  const number = (name: string) => (given(name) === "" ? {} : { [name]: Number(given(name)) });
  return {
    ...number("time_s"),
    ...number("threads"),
    ...number("seed"),
    ...(given("school_id") === "" ? {} : { school_id: given("school_id") }),
  };
}
