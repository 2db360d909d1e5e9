/** osrm-client 0.0.9 carries no types: its class as it is, coordinates as [lat, lon]. */
declare module "osrm-client" {
  type LatLng = readonly [lat: number, lon: number];
  type Callback = (error: Error | null, answer?: unknown) => void;
  type Query = { readonly coordinates: readonly LatLng[]; readonly [option: string]: unknown };

  class OSRM {
    constructor(url?: string);
    protected _url: string;
    protected _formatLocs(latLngs: readonly LatLng[]): string;
    protected _formatStampedLocs(latLngs: readonly LatLng[], timestamps: readonly number[]): string;
    protected _formatOptions(options: Readonly<Record<string, unknown>>): string;
    protected _joinParams(first: string, second: string): string;
    protected _request(service: string, encodedParams: string, callback: Callback): void;
    locate(latLng: LatLng, callback: Callback): void;
    nearest(latLng: LatLng, callback: Callback): void;
    match(query: Query & { readonly timestamps?: readonly number[] }, callback: Callback): void;
    route(query: Query, callback: Callback): void;
    table(query: Query, callback: Callback): void;
  }
  export default OSRM;
  export type { Callback, LatLng, Query };
}
