import type { Family } from "./family.ts";
import { weibull } from "./weibull.ts";

/** Exponential: the Weibull with σ = 1.  S(t) = exp(−t/η),  H(t) = t/η,  h(t) = 1/η, with η = e^μ. */
export const exponential: Family = { ...weibull, name: "exponential", scaleFixed: true };
