export { type ReadDistrict, type ReadOptions, readDistrict, readDistrictFiles } from "./read-district.ts";
export { type Mapping, mappingSchema } from "./source/mapping.ts";
