import { useQuery } from "@tanstack/react-query";
import { Dialog } from "../../components/dialog.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { queries } from "../../data/queries.ts";
import type { Webhook } from "../../data/resources.ts";
import { dateTime } from "../../format.ts";
import { admin } from "../../text/admin.ts";

const text = admin.webhooks;

/** What was sent to an address, and what came of it. */
export function Deliveries({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const deliveries = useQuery(queries.deliveries(webhook.webhook_id));
  return (
    <Dialog title={text.deliveries} onClose={onClose}>
      <p className="small muted">{webhook.url}</p>
      <QueryState query={deliveries}>
        {(found) =>
          found.length === 0 ? (
            <p className="muted">{text.noDeliveries}</p>
          ) : (
            <ul className="stack-close">
              {found.map(({ delivery_id, event, state, attempts, outcome, created_at }) => (
                <li key={delivery_id}>
                  {dateTime(created_at)} {event}: {state}{" "}
                  <span className="muted small">
                    {text.attempts} {attempts}
                    {outcome && `, ${outcome}`}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryState>
    </Dialog>
  );
}
