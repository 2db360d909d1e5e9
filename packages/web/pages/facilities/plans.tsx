import { TabLinks } from "../../components/area-page.tsx";
import { AreaPlans } from "../../components/area-plans.tsx";
import { common } from "../../text/common.ts";
import { TABS } from "./tabs.ts";

/** Every plan of the area, newest first, and the pages about one. */
export default function Plans() {
  return (
    <>
      <TabLinks label={common.areas.facilities} tabs={TABS} />
      <AreaPlans area="facilities" />
    </>
  );
}
