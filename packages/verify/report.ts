import type { Metrics, Verification, Violation } from "@trivium/model";

/** How far a claimed figure may lie from the recomputed one: the larger of both allowances holds. Default: 1e-6 of the value. */
export interface Tolerance {
  readonly absolute?: number;
  readonly relative?: number;
}

type Figure = number | string | boolean | null;
type Where = Readonly<Record<string, string | number>>;

const VIOLATIONS_KEPT = 1_000;

/**
 * What a verifier has to say of a plan: each rule with how often it was applied, each figure as recomputed, and all that does not hold.
 * Rules are named `area.rule-in-words`; a rule that had nothing to look at is not listed.
 */
export class Report {
  readonly #checked = new Map<string, number>();
  readonly #violations: Violation[] = [];
  readonly #figures = new Map<string, { value: Figure; tolerance: Tolerance }>();
  #violationCount = 0;

  /** Applies `rule` once. `message` is only made when it does not hold. Returns `holds`, so that a caller can stop at nonsense. */
  check(rule: string, holds: boolean, message: () => string, where?: Where): boolean {
    this.#checked.set(rule, (this.#checked.get(rule) ?? 0) + 1);
    if (!holds) {
      this.#violationCount++;
      if (this.#violations.length < VIOLATIONS_KEPT)
        this.#violations.push({ rule, message: message(), ...(where ? { where: { ...where } } : {}) });
    }
    return holds;
  }

  /** `claimed` stands in the plan, `actual` was recomputed; both undefined or null agree. */
  agree(
    rule: string,
    claimed: Figure | undefined,
    actual: Figure | undefined,
    tolerance: Tolerance,
    what: string,
    where?: Where,
  ): boolean {
    return this.check(
      rule,
      within(claimed, actual, tolerance),
      () => `${what} is ${show(actual)}, the plan says ${show(claimed)}`,
      where,
    );
  }

  /** A figure of `metrics.json` as recomputed, and how close the plan's own has to be. */
  figure(name: string, value: Figure, tolerance: Tolerance = {}): void {
    this.#figures.set(name, { value, tolerance });
  }

  /**
   * Holds the plan's metrics against the figures: every claimed one must have been recomputed and agree, every required one must be claimed.
   * `unchecked` names what is no figure (a text for people) and so is taken as it stands.
   */
  compareMetrics(metrics: Metrics, required: readonly string[], unchecked: readonly string[] = []): void {
    for (const name of required)
      this.check("figures.present", metrics[name] !== undefined, () => `the metrics lack ${name}`, { figure: name });
    for (const [name, claimed] of Object.entries(metrics)) {
      const figure = this.#figures.get(name);
      if (figure)
        this.agree("figures.recomputed", claimed, figure.value, figure.tolerance, `figure ${name}`, { figure: name });
      else
        this.check(
          "figures.known",
          unchecked.includes(name),
          () => `figure ${name} = ${show(claimed)} cannot be recomputed; no reported figure goes unchecked`,
          { figure: name },
        );
    }
  }

  verification(): Verification {
    return {
      ok: this.#violationCount === 0,
      checked: Object.fromEntries([...this.#checked].sort(([a], [b]) => (a < b ? -1 : 1))),
      figures: Object.fromEntries([...this.#figures].map(([name, { value }]) => [name, value])),
      violations: this.#violations,
      violation_count: this.#violationCount,
    };
  }
}

function within(claimed: Figure | undefined, actual: Figure | undefined, tolerance: Tolerance): boolean {
  if (typeof claimed !== "number" || typeof actual !== "number") return (claimed ?? null) === (actual ?? null);
  const allowed = Math.max(tolerance.absolute ?? 0, (tolerance.relative ?? 1e-6) * Math.abs(actual), 1e-9);
  return Math.abs(claimed - actual) <= allowed;
}

const show = (value: Figure | undefined): string => (value === undefined || value === null ? "nothing" : String(value));
