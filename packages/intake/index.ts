export { capitalPlanAnswers } from "./exports/capital-plan/ask-answers.ts";
export { EXPORT_FORMATS, type ExportFormat, type ExportResources, exportPlan } from "./exports/export-plan.ts";
export { type ReadDistrict, type ReadOptions, readDistrict, readDistrictFiles } from "./read-district.ts";
export { type Mapping, mappingSchema, type NamedMapping, parseMapping } from "./source/mapping.ts";
export { ZIP_LIMITS } from "./source/zip.ts";
export * from "./timetable/index.ts";
