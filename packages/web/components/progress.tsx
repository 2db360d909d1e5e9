import { percent } from "../format.ts";

/** How far something is; `share` from 0 to 1, null while nobody can say. */
export function Progress({ label, share }: { label: string; share: number | null }) {
  return (
    <div className="progress">
      <div className="row spread small">
        <span>{label}</span>
        {share !== null && <span className="muted">{percent(share, 0)}</span>}
      </div>
      <div
        className="progress-bar"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      >
        <span style={{ width: share === null ? "100%" : `${share * 100}%` }} />
      </div>
    </div>
  );
}
