import type { LatLon } from "@trivium/model";

/** Why a request cannot be answered, in OSRM's words. */
export class OsrmRefusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface OsrmQuery {
  readonly service: string;
  readonly points: readonly LatLon[];
  readonly options: ReadonlyMap<string, string>;
}

/** `/{service}/v1/{profile}/{lon},{lat};{lon},{lat}[.json]?option=value`. @throws OsrmRefusal InvalidUrl, InvalidVersion, InvalidQuery */
export function parseQuery(url: string): OsrmQuery {
  const { pathname, searchParams } = new URL(url, "http://roads");
  const [service, version, profile, list, ...more] = pathname.slice(1).split("/");
  if (!service || !version || !profile || !list || more.length > 0) {
    throw new OsrmRefusal("InvalidUrl", "The address is not /service/v1/profile/lon,lat;lon,lat.");
  }
  if (version !== "v1") throw new OsrmRefusal("InvalidVersion", `Version ${version} is not known, v1 is.`);
  const points = decodeURIComponent(list)
    .replace(/\.json$/, "")
    .split(";")
    .map(point);
  return { service, points, options: new Map(searchParams) };
}

function point(text: string): LatLon {
  const [lon, lat, ...more] = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (lon === undefined || lat === undefined || more.length > 0 || !(Math.abs(lon) <= 180) || !(Math.abs(lat) <= 90)) {
    throw new OsrmRefusal("InvalidQuery", `"${text}" is not a coordinate lon,lat.`);
  }
  return { lat, lon };
}

/** Options that a service understands, with the values that it can give. @throws OsrmRefusal InvalidOptions */
export function checkOptions(options: ReadonlyMap<string, string>, known: Readonly<Record<string, RegExp>>): void {
  for (const [name, value] of options) {
    const values = known[name];
    if (!values)
      throw new OsrmRefusal(
        "InvalidOptions",
        `The option ${name} is not known here. Known: ${Object.keys(known).join(", ")}.`,
      );
    if (!values.test(value)) throw new OsrmRefusal("InvalidOptions", `${name} cannot be "${value}" here.`);
  }
}
