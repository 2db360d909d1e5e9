import { useQuery } from "@tanstack/react-query";
import type { Subject } from "@trivium/model";
import { Dialog } from "../../components/dialog.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { routingQueries } from "../../data/routing.ts";
import { plain } from "../../format.ts";
import { routing } from "../../text/routing.ts";

const text = routing.why;

/** Why a rider boards where and when they do, or why a bus is needed, in the engine's own words and numbers. */
export function Why({ planId, subject, onClose }: { planId: string; subject: Subject; onClose: () => void }) {
  const explanation = useQuery(routingQueries.explanation(planId, subject));
  return (
    <Dialog title={text.title(subject.id)} onClose={onClose}>
      <QueryState query={explanation}>
        {({ summary, facts, mends, proven }) => (
          <>
            <p>{summary}</p>
            {facts.length > 0 && (
              <dl className="facts">
                {facts.map(({ label, value }) => (
                  <div key={label} className="facts-row">
                    <dt>{label}</dt>
                    <dd>{typeof value === "number" ? plain(value) : value}</dd>
                  </div>
                ))}
              </dl>
            )}
            {mends.length > 0 && (
              <section className="stack-close">
                <h3>{text.mends}</h3>
                <ul>
                  {mends.map(({ change, effect }) => (
                    <li key={change}>
                      {change}: {effect}
                    </li>
                  ))}
                </ul>
              </section>
            )}
            <p className="small muted">{proven ? text.proven : text.notProven}</p>
          </>
        )}
      </QueryState>
    </Dialog>
  );
}
