import { AreaPlans } from "../../components/area-plans.tsx";

/** Every plan of the area, newest first. */
export default function Plans() {
  return <AreaPlans area="routing" href={(planId) => `/routing/${planId}`} />;
}
