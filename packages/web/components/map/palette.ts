import { useSyncExternalStore } from "react";
import { useTheme } from "../../data/theme.ts";

const DARK = matchMedia("(prefers-color-scheme: dark)");

/** Whether pages are dark at the moment: as set here, else as the machine is. */
export function useDark(): boolean {
  const theme = useTheme();
  const system = useSyncExternalStore(
    (listener) => {
      DARK.addEventListener("change", listener);
      return () => DARK.removeEventListener("change", listener);
    },
    () => DARK.matches,
  );
  return theme === "system" ? system : theme === "dark";
}

/** Hues far apart from one bus to the next, however many there are: steps of the golden angle. */
const GOLDEN_ANGLE = 137.508;

/** The colour of the n-th bus, dark enough on light maps and light enough on dark ones. */
export function busColor(nth: number, dark: boolean): string {
  const hue = Math.round((nth * GOLDEN_ANGLE + 205) % 360);
  // Yellows, greens and cyans look lighter than blues and reds of the same lightness: white words must be legible on each.
  const pale = hue > 20 && hue < 205;
  return dark ? `hsl(${hue}, 70%, ${pale ? 60 : 72}%)` : `hsl(${hue}, 72%, ${pale ? 27 : 40}%)`;
}
