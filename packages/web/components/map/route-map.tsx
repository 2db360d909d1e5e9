import {
  AttributionControl,
  Map as Canvas,
  type GeoJSONSource,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { useEffect, useRef, useState } from "react";
import { baseStyle } from "./base-style.ts";
import { ofRun, runLayers, runOpacity, SOURCES, type SourceName, stopOpacity } from "./run-layers.ts";

setWorkerUrl(workerUrl);

export type Bounds = [west: number, south: number, east: number, north: number];
/** GeoJSON (RFC 7946), as much of it as is drawn. */
export interface Collection {
  readonly type: "FeatureCollection";
  readonly features: {
    readonly type: "Feature";
    readonly geometry:
      | { readonly type: "Point"; readonly coordinates: [lon: number, lat: number] }
      | { readonly type: "LineString"; readonly coordinates: [lon: number, lat: number][] };
    readonly properties: Record<string, unknown>;
  }[];
}

interface Props {
  readonly label: string;
  readonly datasetHash: string;
  readonly dark: boolean;
  readonly data: Readonly<Record<SourceName, Collection>>;
  /** The run that stands out; null: all alike. */
  readonly chosen: string | null;
  /** What is looked at; a change moves the map there. */
  readonly bounds: Bounds | null;
  readonly onRun: (runId: string | null) => void;
  /** While something is dragged over the map: the run under the pointer, and where on how wide a map that is, in pixels. */
  readonly onDragOver: (runId: string | null, at: { x: number; y: number; width: number }) => void;
  readonly onDrop: (runId: string | null) => void;
}

/** Pixels around a click within which a line is meant. */
const REACH_PX = 6;
const PADDING_PX = 40;

/** Runs, stops, schools, depots and homes on the district's own roads. */
export default function RouteMap({ label, datasetHash, dark, data, chosen, bounds, onRun, onDragOver, onDrop }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<Canvas | null>(null);
  /** Counts styles that are ready: what is drawn on one must be drawn again on the next. */
  const [styled, setStyled] = useState(0);
  const pick = useRef(onRun);
  pick.current = onRun;

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes is given to it below
  useEffect(() => {
    if (!box.current) return;
    const canvas = new Canvas({
      container: box.current,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      ...(bounds ? { bounds, fitBoundsOptions: { padding: PADDING_PX } } : {}),
    });
    canvas.touchZoomRotate.disableRotation();
    canvas.addControl(new NavigationControl({ showCompass: false }), "top-right");
    canvas.addControl(new ScaleControl({ unit: "imperial" }), "bottom-left");
    canvas.addControl(new AttributionControl({ compact: true }), "bottom-right");
    canvas.getCanvas().setAttribute("aria-label", label);
    // Told to whoever waits for the picture: printing, and tests.
    canvas.on("idle", () => box.current?.setAttribute("data-drawn", "true"));
    canvas.on("style.load", () => setStyled((count) => count + 1));
    canvas.on("click", ({ point: { x, y } }) => pick.current(runAt(canvas, x, y, ["run", "stops", "runs"])));
    for (const layer of ["runs", "stops"]) {
      canvas.on("mouseenter", layer, () => {
        canvas.getCanvas().style.cursor = "pointer";
      });
      canvas.on("mouseleave", layer, () => {
        canvas.getCanvas().style.cursor = "";
      });
    }
    setMap(canvas);
    return () => canvas.remove();
  }, []);

  useEffect(() => {
    const style = baseStyle(datasetHash, dark);
    for (const name of SOURCES) style.sources[name] = { type: "geojson", data: EMPTY };
    map?.setStyle({ ...style, layers: [...style.layers, ...runLayers(dark)] }, { diff: false });
  }, [map, datasetHash, dark]);

  useEffect(() => {
    if (styled > 0) for (const name of SOURCES) map?.getSource<GeoJSONSource>(name)?.setData(data[name]);
  }, [map, styled, data]);

  useEffect(() => {
    if (!map || styled === 0) return;
    map.setFilter("run-casing", ofRun(chosen));
    map.setFilter("run", ofRun(chosen));
    map.setPaintProperty("runs", "line-opacity", runOpacity(chosen));
    map.setPaintProperty("stops", "circle-opacity", stopOpacity(chosen));
    map.setPaintProperty("stops", "circle-stroke-opacity", stopOpacity(chosen));
  }, [map, styled, chosen]);

  useEffect(() => {
    if (map && bounds) map.fitBounds(bounds, { padding: PADDING_PX, duration: 0 });
  }, [map, bounds]);

  const under = ({ clientX, clientY }: React.DragEvent) => {
    const { left, top, width } = box.current?.getBoundingClientRect() ?? new DOMRect();
    const [x, y] = [clientX - left, clientY - top];
    return { x, y, width, runId: map && styled > 0 ? runAt(map, x, y, ["stops", "runs"]) : null };
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is dropped here has a button of its own where it comes from
    <div
      ref={box}
      className="map-canvas"
      onDragOver={(event) => {
        event.preventDefault();
        const { runId, ...at } = under(event);
        onDragOver(runId, at);
      }}
      onDragLeave={() => onDragOver(null, { x: 0, y: 0, width: 0 })}
      onDrop={(event) => {
        event.preventDefault();
        onDrop(under(event).runId);
      }}
    />
  );
}

/** The run that is drawn within reach of a point of the map. */
function runAt(map: Canvas, x: number, y: number, layers: string[]): string | null {
  const around: [[number, number], [number, number]] = [
    [x - REACH_PX, y - REACH_PX],
    [x + REACH_PX, y + REACH_PX],
  ];
  const [hit] = map.queryRenderedFeatures(around, { layers });
  return typeof hit?.properties.run_id === "string" ? hit.properties.run_id : null;
}

const EMPTY: Collection = { type: "FeatureCollection", features: [] };
