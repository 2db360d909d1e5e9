import { type ComponentProps, useId } from "react";
import { common } from "../text/common.ts";

interface Labelled {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string;
}

/** A labelled input; what is wrong with it is said beside it and to screen readers. */
export function Field({ label, hint, error, ...rest }: Labelled & ComponentProps<"input">) {
  return (
    <Frame label={label} hint={hint} error={error} required={rest.required}>
      {(wiring) => <input className="input" {...rest} {...wiring} />}
    </Frame>
  );
}

export function TextField({ label, hint, error, ...rest }: Labelled & ComponentProps<"textarea">) {
  return (
    <Frame label={label} hint={hint} error={error} required={rest.required}>
      {(wiring) => <textarea className="input" {...rest} {...wiring} />}
    </Frame>
  );
}

/** A choice; `options` are values with the words that are shown. */
export function SelectField({
  label,
  hint,
  error,
  options,
  ...rest
}: Labelled & ComponentProps<"select"> & { options: readonly (readonly [value: string, shown: string])[] }) {
  return (
    <Frame label={label} hint={hint} error={error} required={rest.required}>
      {(wiring) => (
        <select className="input" {...rest} {...wiring}>
          {options.map(([value, shown]) => (
            <option key={value} value={value}>
              {shown}
            </option>
          ))}
        </select>
      )}
    </Frame>
  );
}

interface Wiring {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": boolean | undefined;
}

function Frame({
  label,
  hint,
  error,
  required,
  children,
}: Labelled & { required?: boolean; children: (wiring: Wiring) => React.ReactNode }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
        {required && <span className="muted"> ({common.required})</span>}
      </label>
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
      {hint && (
        <span className="field-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error && (
        <span className="field-error" id={`${id}-error`}>
          {error}
        </span>
      )}
    </div>
  );
}
