import type { Dataset } from "@trivium/model";

/** First and last day of service as GTFS writes them, `YYYYMMDD`: from the first term's begin to the last one's end, else the school year from July to June. */
export function serviceDays(dataset: Dataset): { readonly first: string; readonly last: string } {
  const terms = dataset.tables.terms;
  if (terms.length === 0) {
    const year = Number(dataset.district.school_year.slice(0, 4));
    return { first: `${year}0701`, last: `${year + 1}0630` };
  }
  const compact = (date: string) => date.replaceAll("-", "");
  return {
    first: compact(terms.map((term) => term.start_date).sort()[0]),
    last: compact(terms.map((term) => term.end_date).sort()[terms.length - 1]),
  };
}
