import { useQuery } from "@tanstack/react-query";
import { PageHead } from "../../components/page-head.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { Badge } from "../../components/status-badge.tsx";
import { queries } from "../../data/queries.ts";
import { whole } from "../../format.ts";
import { admin } from "../../text/admin.ts";
import { common } from "../../text/common.ts";

const text = admin.health;
const LOOK_AGAIN_MS = 5_000;

/** Whether the server can do its work, and its limits. */
export default function Health() {
  const health = useQuery({ ...queries.health(), refetchInterval: LOOK_AGAIN_MS });
  const limits = useQuery(queries.limits());
  return (
    <>
      <PageHead title={text.title}>{text.intro}</PageHead>
      <div className="columns">
        <section className="card" aria-label={text.title}>
          <QueryState query={health} lines={4}>
            {({ ready, store, queue, stopping, version }) => (
              <>
                <div className="card-head">
                  <h2>{text.title}</h2>
                  <Badge tone={ready ? "good" : "bad"}>{ready ? text.ready : text.notReady}</Badge>
                </div>
                <dl className="facts">
                  <dt>{text.store}</dt>
                  <dd>{store ? text.answers : text.away}</dd>
                  <dt>{text.queue}</dt>
                  <dd>{queue ? text.answers : text.away}</dd>
                  <dt>{text.stopping}</dt>
                  <dd>{stopping ? common.yes : common.no}</dd>
                  <dt>{text.version}</dt>
                  <dd>{version}</dd>
                </dl>
              </>
            )}
          </QueryState>
        </section>
        <section className="card" aria-label={text.limits}>
          <h2>{text.limits}</h2>
          <QueryState query={limits}>
            {(found) => (
              <dl className="facts">
                {Object.entries(found).map(([name, value]) => (
                  <div key={name} className="facts-row">
                    <dt>{name.replaceAll("_", " ")}</dt>
                    <dd>{typeof value === "number" ? whole(value) : value.join(", ")}</dd>
                  </div>
                ))}
              </dl>
            )}
          </QueryState>
        </section>
      </div>
    </>
  );
}
