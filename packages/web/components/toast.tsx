import { useSyncExternalStore } from "react";
import { common } from "../text/common.ts";
import { Button } from "./button.tsx";
import { Icon } from "./icons.tsx";

interface Told {
  readonly id: number;
  readonly text: string;
  readonly tone: "good" | "bad";
}

const SHOWN_MS = 6_000;
let told: readonly Told[] = [];
let nextId = 1;
const listeners = new Set<() => void>();
const change = (next: readonly Told[]) => {
  told = next;
  for (const listener of listeners) listener();
};
const forget = (id: number) => change(told.filter((each) => each.id !== id));

/** Says that something was done, or was not; errors stay until they are dismissed. */
export function tell(text: string, tone: Told["tone"] = "good"): void {
  const id = nextId++;
  change([...told, { id, text, tone }]);
  if (tone === "good") setTimeout(() => forget(id), SHOWN_MS);
}

export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => told,
  );
  return (
    <div className="toasts" role="status">
      {shown.map(({ id, text, tone }) => (
        <div key={id} className="toast" data-tone={tone}>
          <span>{text}</span>
          <Button look={["plain", "icon", "small"]} aria-label={common.dismiss} onClick={() => forget(id)}>
            <Icon name="cross" size={16} />
          </Button>
        </div>
      ))}
    </div>
  );
}
