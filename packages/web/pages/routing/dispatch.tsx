import { AbsentBuses } from "./absent-buses.tsx";
import { RoutingFrame } from "./frame.tsx";
import { LateStudent } from "./late-student.tsx";

/** The questions of a working morning: who comes new, and who did not come in. */
export default function DispatchPage() {
  return (
    <RoutingFrame tab="/dispatch">
      {(view) => (
        <div className="columns">
          <LateStudent view={view} />
          <AbsentBuses view={view} />
        </div>
      )}
    </RoutingFrame>
  );
}
