/** Decision tables of the bus: one row a combination of tags. */

/** A way's tags, km/h along its nodes, km/h against them, may riders board. */
export const WAY_RULES: readonly (readonly [tags: string, forwardKmh: number, backwardKmh: number, board: boolean])[] =
  [
    ["highway=residential", 28, 28, true],
    ["highway=tertiary", 40, 40, true],
    ["highway=secondary", 50, 50, true],
    ["highway=primary", 55, 55, true],
    ["highway=service", 15, 15, true],
    ["highway=motorway", 85, 0, false],
    ["highway=motorway_link", 45, 0, false],
    ["highway=motorway oneway=no", 85, 85, false],
    ["highway=trunk", 75, 75, false],
    ["highway=primary motorroad=yes", 55, 55, false],
    ["highway=footway", 0, 0, false],
    ["highway=track", 0, 0, false],
    ["highway=pedestrian", 0, 0, false],
    ["highway=construction", 0, 0, false],
    ["route=ferry", 0, 0, false],
    ["highway=residential area=yes", 0, 0, false],
    // direction
    ["highway=residential oneway=yes", 28, 0, true],
    ["highway=residential oneway=1", 28, 0, true],
    ["highway=residential oneway=-1", 0, 28, true],
    ["highway=residential oneway=reversible", 0, 0, true],
    ["highway=residential junction=roundabout", 28, 0, true],
    ["highway=residential junction=roundabout oneway=-1", 0, 28, true],
    ["highway=residential oneway=yes oneway:bus=no", 28, 28, true],
    ["highway=residential oneway=yes oneway:psv=no", 28, 28, true],
    // access, from the general to the particular
    ["highway=residential access=private", 0, 0, false],
    ["highway=residential access=no", 0, 0, false],
    ["highway=residential access=destination", 28, 28, true],
    ["highway=residential motor_vehicle=no", 0, 0, false],
    ["highway=residential motor_vehicle=no bus=yes", 28, 28, true],
    ["highway=residential access=no psv=yes", 28, 28, true],
    ["highway=residential access=no school_bus=yes", 28, 28, true],
    ["highway=residential bus=no", 0, 0, false],
    ["highway=residential psv=yes bus=no", 0, 0, false],
    ["highway=residential access=unknown", 28, 28, true],
    ["highway=service service=parking_aisle", 0, 0, false],
    ["highway=service service=parking_aisle bus=yes", 15, 15, true],
    ["highway=service service=driveway", 15, 15, true],
    ["highway=busway", 35, 35, true],
    // signs
    ["highway=residential maxspeed=50", 40, 40, true],
    ["highway=residential maxspeed=25_mph", 32.18688, 32.18688, true],
    ["highway=primary maxspeed=none", 55, 55, true],
    ["highway=motorway maxspeed=75_mph", 88, 0, false],
    ["highway=tertiary maxspeed:forward=30", 24, 40, true],
    ["highway=tertiary maxspeed=50 maxspeed:bus=30", 24, 24, true],
    // size
    ["highway=residential maxheight=3.0", 0, 0, false],
    ["highway=residential maxheight=4.2", 28, 28, true],
    [`highway=residential maxheight=9'6"`, 0, 0, false],
    [`highway=residential maxheight=13'6"`, 28, 28, true],
    ["highway=residential maxweight=3.5", 0, 0, false],
    ["highway=residential maxwidth=2", 0, 0, false],
    ["highway=residential maxheight=default", 28, 28, true],
  ];

/** A node's tags, and whether it stops the bus. */
export const NODE_RULES: readonly (readonly [tags: string, stops: boolean])[] = [
  ["barrier=gate", true],
  ["barrier=bollard", true],
  ["barrier=lift_gate access=yes", false],
  ["barrier=gate bus=yes", false],
  ["barrier=gate access=yes bus=no", true],
  ["barrier=kerb", false],
  ["barrier=toll_booth", false],
  ["barrier=entrance", false],
  ["highway=crossing", false],
  ["barrier=bus_trap", false],
];

/** "a=b c=d_e" → tags; an underscore before mph stands for a space. */
export function tagsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(" ").map((each) => {
      const [key, value] = each.split("=") as [string, string];
      return [key, value.replace("_mph", " mph")];
    }),
  );
}
