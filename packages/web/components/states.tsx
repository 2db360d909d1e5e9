import { ApiError } from "@trivium/client";
import { common } from "../text/common.ts";
import { Button } from "./button.tsx";

/** Nothing there yet: says what would be here and how it comes about. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: React.ReactNode;
  action?: React.ReactNode;
}) {
  return (
    <div className="state">
      <h2>{title}</h2>
      {children && <p className="muted">{children}</p>}
      {action && <div className="row">{action}</div>}
    </div>
  );
}

/** What went wrong, in the server's own words (RFC 9457), and a way to try again. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <div className="state" role="alert">
      <h2>{common.failed}</h2>
      <ProblemText error={error} />
      {retry && <Button onClick={retry}>{common.retry}</Button>}
    </div>
  );
}

/** A problem as a notice within a form or dialog. */
export function ProblemNotice({ error }: { error: unknown }) {
  return (
    <div className="notice" data-tone="bad" role="alert">
      <ProblemText error={error} />
    </div>
  );
}

/** Of a problem's findings; a district's own are shown as a work list. */
const FINDINGS_SHOWN = 8;

function ProblemText({ error }: { error: unknown }) {
  if (!(error instanceof ApiError))
    return <p>{error instanceof TypeError ? common.offline : String((error as Error)?.message ?? error)}</p>;
  const { detail, code, errors = [], findings = [] } = error.problem;
  return (
    <>
      <p>{detail}</p>
      {errors.length > 0 && (
        <ul>
          {errors.map((each) => (
            <li key={JSON.stringify(each)}>
              <code>{each.path}</code> {each.message}
            </li>
          ))}
        </ul>
      )}
      {findings.length > 0 && (
        <ul className="small">
          {findings.slice(0, FINDINGS_SHOWN).map((finding) => (
            <li key={JSON.stringify(finding)}>
              {finding.message}. <span className="muted">{finding.mend}</span>
            </li>
          ))}
          {findings.length > FINDINGS_SHOWN && (
            <li className="muted">{common.andMore(findings.length - FINDINGS_SHOWN)}</li>
          )}
        </ul>
      )}
      <p className="small muted">
        {common.code}: <code>{code}</code>
      </p>
    </>
  );
}

/** The shape of what is coming. */
export function LoadingState({ lines = 5 }: { lines?: number }) {
  return (
    <div className="skeleton" role="status" aria-label={common.loading}>
      {Array.from({ length: lines }, (_, line) => `${92 - ((line * 29) % 50)}%`).map((width, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
        <span key={line} style={{ width }} />
      ))}
    </div>
  );
}

/** Why there is nothing to press. */
export function ReadOnlyNotice({ roles }: { roles: string }) {
  return (
    <div className="notice">
      <p className="small">{common.readOnly(roles)}</p>
    </div>
  );
}
