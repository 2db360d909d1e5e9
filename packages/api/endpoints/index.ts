import type { Api, ApiParts } from "../api.ts";
import { accounts } from "./accounts.ts";
import { acknowledgeFindings } from "./acknowledge-findings.ts";
import { analyseScenario } from "./analyse-scenario.ts";
import { approvals } from "./approvals.ts";
import { askPlan } from "./ask-plan.ts";
import { audit } from "./audit.ts";
import { cancelJob } from "./cancel-job.ts";
import { checkDistrict } from "./check-district.ts";
import { comparePlans } from "./compare-plans.ts";
import { createScenario } from "./create-scenario.ts";
import { createSolve } from "./create-solve.ts";
import { explainPlan } from "./explain-plan.ts";
import { exportPlan } from "./export-plan.ts";
import { flags } from "./flags.ts";
import { followJob } from "./follow-job.ts";
import { getDataset } from "./get-dataset.ts";
import { getFindings } from "./get-findings.ts";
import { getJob } from "./get-job.ts";
import { getLimits } from "./get-limits.ts";
import { getLineage } from "./get-lineage.ts";
import { getPlaces } from "./get-places.ts";
import { getPlan } from "./get-plan.ts";
import { getRoadTile } from "./get-road-tile.ts";
import { getScenario } from "./get-scenario.ts";
import { health } from "./health.ts";
import { keys } from "./keys.ts";
import { listAcknowledgements } from "./list-acknowledgements.ts";
import { listDatasets } from "./list-datasets.ts";
import { listJobs } from "./list-jobs.ts";
import { listPlans } from "./list-plans.ts";
import { listScenarios } from "./list-scenarios.ts";
import { loadDemo } from "./load-demo.ts";
import { mappings } from "./mappings.ts";
import { removeDataset } from "./remove-dataset.ts";
import { session } from "./session.ts";
import { sessionByProvider } from "./session-by-provider.ts";
import { templates } from "./templates.ts";
import { uploadDataset } from "./upload-dataset.ts";
import { vroom } from "./vroom.ts";
import { webhooks } from "./webhooks.ts";
import { whatIfs } from "./what-ifs.ts";

/** Every endpoint, in the order in which a planner meets them. */
export const ENDPOINTS: readonly ((api: Api, parts: ApiParts) => void)[] = [
  templates,
  checkDistrict,
  mappings,
  loadDemo,
  uploadDataset,
  listDatasets,
  getDataset,
  removeDataset,
  getFindings,
  acknowledgeFindings,
  getPlaces,
  getRoadTile,
  listAcknowledgements,
  createScenario,
  listScenarios,
  getScenario,
  getLineage,
  analyseScenario,
  whatIfs,
  createSolve,
  listJobs,
  getJob,
  followJob,
  cancelJob,
  listPlans,
  getPlan,
  exportPlan,
  approvals,
  flags,
  comparePlans,
  explainPlan,
  askPlan,
  vroom,
  webhooks,
  getLimits,
  session,
  sessionByProvider,
  keys,
  accounts,
  audit,
  health,
];
