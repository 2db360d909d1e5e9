import type { PlotOptions } from "@observablehq/plot";
import { useEffect, useRef, useState } from "react";

type Plot = typeof import("@observablehq/plot");

interface Props {
  /** What the chart shows, in words: read out in its stead. */
  readonly label: string;
  /** Marks and scales, made with the library that is fetched when a chart is first drawn. */
  readonly options: (plot: Plot) => PlotOptions;
  readonly height?: number;
}

/** A chart of Observable Plot as wide as the place it stands in. */
export function Chart({ label, options, height = 240 }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [plot, setPlot] = useState<Plot>();
  const [width, setWidth] = useState(0);
  useEffect(() => {
    let here = true;
    void import("@observablehq/plot").then((loaded) => here && setPlot(loaded));
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry.contentRect.width)));
    if (place.current) observer.observe(place.current);
    return () => {
      here = false;
      observer.disconnect();
    };
  }, []);
  useEffect(() => {
    if (!plot || width === 0) return;
    const drawn = plot.plot({ height, width, style: { background: "none" }, ...options(plot) });
    // Its style element would be inline, which the Content-Security-Policy refuses: theme/components.css says the same.
    for (const style of drawn.querySelectorAll("style")) style.remove();
    drawn.setAttribute("aria-hidden", "true");
    place.current?.replaceChildren(drawn);
  }, [plot, width, height, options]);
  return (
    <figure className="chart">
      <figcaption className="visually-hidden">{label}</figcaption>
      <div ref={place} style={{ minHeight: height }} />
    </figure>
  );
}
