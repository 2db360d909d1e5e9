import { strToU8 } from "fflate";
import { Field, SelectField } from "../../components/field.tsx";
import { district } from "../../text/district.ts";

const text = district.upload;
const ZONES = [
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Phoenix",
  "America/Los_Angeles",
  "America/Anchorage",
  "Pacific/Honolulu",
  "America/Puerto_Rico",
];

/** What district.json says. */
export interface About {
  readonly name: string;
  readonly timezone: string;
  readonly school_year: string;
}

const EMPTY: About = { name: "", timezone: ZONES[0], school_year: "" };

/** Asks for what no table says, where files come without a district.json. `about` is undefined until it is whole. */
export function AboutDistrict({
  about,
  onChange,
}: {
  about: About | undefined;
  onChange: (about: About | undefined) => void;
}) {
  return (
    <form
      className="card form"
      onChange={(event) => {
        const form = new FormData(event.currentTarget);
        const given = { ...EMPTY, ...Object.fromEntries(form) } as About;
        const whole = given.name.trim() !== "" && /^\d{4}-\d{2}$/.test(given.school_year);
        onChange(whole ? given : undefined);
      }}
    >
      <h2>{text.about}</h2>
      <p className="muted">{text.aboutText}</p>
      <div className="form-row">
        <Field label={text.name} name="name" required defaultValue={about?.name} />
        <SelectField
          label={text.timezone}
          name="timezone"
          defaultValue={about?.timezone}
          options={ZONES.map((zone) => [zone, zone.replace("_", " ")])}
        />
        <Field
          label={text.schoolYear}
          name="school_year"
          placeholder={text.schoolYearHint}
          pattern="\d{4}-\d{2}"
          required
          defaultValue={about?.school_year}
        />
      </div>
    </form>
  );
}

export const aboutFile = (about: About): Uint8Array => strToU8(JSON.stringify(about));
