import { TABLES, type TableName } from "@trivium/model";
import { type FindingList, shown } from "../report.ts";
import type { ReadTable } from "../tables/read-table.ts";
import type { Check, Found, Place } from "./check.ts";
import { districtChecks } from "./district/index.ts";
import { facilitiesChecks } from "./facilities/index.ts";
import { schedulingChecks } from "./scheduling/index.ts";
import { transportationChecks } from "./transportation/index.ts";
import type { DistrictView } from "./view.ts";

/** Every check beyond the shape of cells, by area. */
const CHECKS: readonly Check[] = [...districtChecks, ...schedulingChecks, ...transportationChecks, ...facilitiesChecks];

export function runChecks(view: DistrictView, read: ReadonlyMap<TableName, ReadTable>, findings: FindingList): void {
  for (const check of CHECKS) {
    check.run(view, (place, found) => {
      findings.add({
        code: check.code,
        severity: check.severity,
        area: check.area,
        ...located(place, found, read),
        message: found.message,
        expected: found.expected,
        mend: found.mend,
        ...(found.value === undefined ? {} : { value: shown(found.value) }),
        ...(found.others ? { others: found.others.map((other) => located(other, {}, read)) } : {}),
      });
    });
  }
}

function located(place: Place, found: Pick<Found, "column">, read: ReadonlyMap<TableName, ReadTable>) {
  if (typeof place === "string") return { file: place, ...(found.column ? { column: found.column } : {}) };
  const table = read.get(place.table);
  const row = table?.rowNumbers[place.index];
  return {
    file: table?.file ?? TABLES[place.table].file,
    ...(row === undefined ? {} : { row }),
    ...(found.column ? { column: table?.headers.get(found.column) ?? found.column } : {}),
  };
}
