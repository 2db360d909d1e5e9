import type { Dataset } from "@trivium/model";

/** The district's own words for what a plan names by id; undefined where no dataset is at hand. */
export interface Names {
  readonly district: string | undefined;
  school(id: string | undefined): string | undefined;
  /** Title of the asset's type. */
  type(assetId: string): string | undefined;
}

export function names(dataset: Dataset | undefined): Names {
  const schools = new Map(dataset?.tables.schools.map((school) => [school.school_id, school.name]));
  const types = new Map(dataset?.tables.asset_types.map((type) => [type.asset_type_id, type.title]));
  const assets = new Map(dataset?.tables.assets.map((asset) => [asset.asset_id, asset.asset_type_id]));
  return {
    district: dataset?.district.name,
    school: (id) => (id === undefined ? undefined : schools.get(id)),
    type: (assetId) => types.get(assets.get(assetId) ?? ""),
  };
}
