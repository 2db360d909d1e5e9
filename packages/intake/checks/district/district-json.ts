import { districtWarning } from "../check.ts";

const FILE = "district.json";

export const timezoneUnknown = districtWarning("timezone-unknown", (view, find) => {
  const zone = view.district?.timezone;
  if (zone === undefined || isZone(zone)) return;
  find(FILE, {
    column: "timezone",
    value: zone,
    message: `${zone} is no time zone`,
    expected: "a name of the IANA database: America/New_York",
    mend: "correct the name",
  });
});

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

export const schoolYearGap = districtWarning("school-year-gap", (view, find) => {
  const year = view.district?.school_year;
  if (year === undefined || (Number(year.slice(0, 4)) + 1) % 100 === Number(year.slice(5))) return;
  find(FILE, {
    column: "school_year",
    value: year,
    message: `the school year ${year} does not end in the year after its start`,
    expected: "two years in a row: 2027-28",
    mend: "correct the year",
  });
});

export const currencyUnknown = districtWarning("currency-unknown", (view, find) => {
  const currency = view.district?.currency;
  if (currency === undefined || Intl.supportedValuesOf("currency").includes(currency)) return;
  find(FILE, {
    column: "currency",
    value: currency,
    message: `${currency} is no currency code`,
    expected: "a code of ISO 4217: USD",
    mend: "correct the code",
  });
});
