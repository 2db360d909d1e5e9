export {
  type CurveResult,
  fitSurvival,
  type RegressionResult,
  SURVIVAL_MODELS,
  type SurvivalRequest,
} from "./survival/fit-survival.ts";
