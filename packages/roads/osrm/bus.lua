-- How OSRM reads the rules above. Each function stands for the one of the same purpose in packages/roads/profile.ts.
api_version = 4

local function of(tags, key)
  local value = tags:get_value_by_key(key)
  if value == "" then return nil end
  return value
end

-- The verdict of the most particular key whose value is understood; nil where none is.
local function last_word(tags, keys)
  for i = #keys, 1, -1 do
    local value = of(tags, keys[i])
    if value and bus.admits[value] then return true end
    if value and bus.bars[value] then return false end
  end
  return nil
end

local function admitted(way, kind)
  if kind == "service" and bus.services_barred[of(way, "service") or ""] then
    return last_word(way, { "psv", "bus" }) == true
  end
  return last_word(way, bus.access_keys) ~= false
end

local function fits(way)
  for key, need in pairs(bus.needs) do
    local value = of(way, key)
    if value then
      local feet, inches = value:match("^(%d+)'(%d+)\"$")
      if not feet then feet = value:match("^(%d+)'$") end
      local metres = value:match("^%d+%.%d+") or value:match("^%d+")
      if feet then
        if feet * 0.3048 + (inches or 0) * 0.0254 < need then return false end
      elseif metres and tonumber(metres) < need then
        return false
      end
    end
  end
  return true
end

local function implied_oneway(way, kind)
  local junction = of(way, "junction")
  if junction == "roundabout" or junction == "circular" then return "yes" end
  return (kind == "motorway" or kind == "motorway_link") and "yes" or "no"
end

local function directions(way, kind)
  local rule = of(way, "oneway:bus") or of(way, "oneway:psv") or of(way, "oneway") or implied_oneway(way, kind)
  if rule == "yes" or rule == "true" or rule == "1" then return true, false end
  if rule == "-1" or rule == "reverse" then return false, true end
  if rule == "reversible" or rule == "alternating" then return false, false end
  return true, true
end

local function kmh(value)
  if not value then return nil end
  local number, unit = value:match("^(%d+)%s*([%a/]*)$")
  if not number then number, unit = value:match("^(%d+%.%d+)%s*([%a/]*)$") end
  if not number or tonumber(number) == 0 then return nil end
  if unit == "mph" then return number * bus.kmh_per_mph end
  if unit == "" or unit == "km/h" or unit == "kmh" or unit == "kph" then return tonumber(number) end
  return nil
end

local function usual(class_kmh, signed)
  return math.min(bus.top_kmh, signed and signed * bus.of_maxspeed or class_kmh)
end

function setup()
  return {
    properties = {
      -- Not "duration": OSRM would count that in tenths and leave our weights of turns aside.
      weight_name = "seconds",
      -- Roads are chosen by thousandths of a second, not by the tenths that are told: equally fast ones are rare then.
      weight_precision = 3,
      max_speed_for_map_matching = bus.top_kmh / 3.6,
      u_turn_penalty = bus.turn_s.u_turn,
      traffic_signal_penalty = bus.turn_s.signal,
      continue_straight_at_waypoint = false,
      use_turn_restrictions = true,
      left_hand_driving = false,
      process_call_tagless_node = false,
    },
    default_mode = mode.driving,
    default_speed = 10,
    oneway_handling = true,
    restrictions = bus.restriction_modes,
    classes = {},
  }
end

-- A node stops the bus, or makes it wait. Up to OSRM 5 nodes said so themselves, since 6 a map of obstacles does.
function process_node(profile, node, result)
  local barrier = of(node, "barrier")
  if barrier or of(node, "access") then
    local verdict = last_word(node, bus.access_keys)
    local blocks
    if verdict ~= nil then blocks = not verdict
    else blocks = barrier ~= nil and bus.barriers[barrier] == true and of(node, "locked") ~= "no" end
    if blocks and obstacle_map then obstacle_map:add(node, Obstacle.new(obstacle_type.barrier)) end
    if blocks and not obstacle_map then result.barrier = true end
  end
  if of(node, "highway") == "traffic_signals" then
    if obstacle_map then
      obstacle_map:add(node, Obstacle.new(obstacle_type.traffic_signals, obstacle_direction.none, bus.turn_s.signal, 0))
    else
      result.traffic_lights = true
    end
  end
end

-- What guidance makes of a class of road: it decides which turns are worth a word.
local function classify(kind, result)
  local class = result.road_classification
  local main = kind:gsub("_link$", "")
  class.motorway_class = main == "motorway" or main == "trunk"
  class.link_class = kind ~= main
  local priority = road_priority_class[kind]
  if kind == "residential" or kind == "unclassified" or kind == "road" then priority = road_priority_class.main_residential end
  if kind == "living_street" or kind == "busway" then priority = road_priority_class.side_residential end
  if kind == "service" then priority = road_priority_class.alley end
  class.road_priority_class = priority or road_priority_class.connectivity
  class.may_be_ignored = kind == "service"
end

function process_way(profile, way, result)
  local kind = of(way, "highway")
  local speed = kind and bus.speed_kmh[kind]
  if not speed or of(way, "area") == "yes" or not admitted(way, kind) or not fits(way) then return end
  local forward, backward = directions(way, kind)
  if not forward and not backward then return end
  local both = kmh(of(way, "maxspeed:bus") or of(way, "maxspeed"))
  result.forward_mode = forward and mode.driving or mode.inaccessible
  result.backward_mode = backward and mode.driving or mode.inaccessible
  result.forward_speed = usual(speed, kmh(of(way, "maxspeed:forward")) or both)
  result.backward_speed = usual(speed, kmh(of(way, "maxspeed:backward")) or both)
  -- The weight of a way is its length by this, metres a second: the seconds that it takes.
  result.forward_rate = result.forward_speed / 3.6
  result.backward_rate = result.backward_speed / 3.6
  result.name = of(way, "name") or of(way, "ref") or ""
  local junction = of(way, "junction")
  result.roundabout = junction == "roundabout"
  result.circular = junction == "circular"
  result.is_startpoint = true
  classify(kind, result)
end

function process_turn(profile, turn)
  if obstacle_map then
    for _, obstacle in pairs(obstacle_map:get(turn.from, turn.via)) do
      if obstacle.type == obstacle_type.traffic_signals then turn.duration = turn.duration + obstacle.duration end
    end
  elseif turn.has_traffic_light then
    turn.duration = turn.duration + bus.turn_s.signal
  end
  local sharpness = math.abs(turn.angle)
  if turn.is_u_turn then
    turn.duration = turn.duration + bus.turn_s.u_turn
  elseif turn.number_of_roads > 2 and sharpness >= bus.turn_degrees.bend then
    if sharpness > bus.turn_degrees.back then
      turn.duration = turn.duration + bus.turn_s.u_turn
    else
      turn.duration = turn.duration + (turn.angle < 0 and bus.turn_s.left or bus.turn_s.right)
      if sharpness > bus.turn_degrees.sharp then turn.duration = turn.duration + bus.turn_s.sharp end
    end
  end
  -- A turn's weight has 16 bits: at thousandths, 32 seconds.
  turn.weight = math.min(turn.duration, bus.heaviest_turn_s)
end

return {
  setup = setup,
  process_way = process_way,
  process_node = process_node,
  process_turn = process_turn,
}
