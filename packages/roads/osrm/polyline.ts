/**
 * A line as text: differences of rounded coordinates, latitude first, zigzag-coded in groups of five bits (Google's encoded polyline format).
 * @param precision decimals that are kept: 5, or 6 for OSRM's polyline6
 */
export function encodePolyline(line: readonly (readonly [lon: number, lat: number])[], precision: 5 | 6): string {
  const scale = 10 ** precision;
  let text = "";
  let [lon, lat] = [0, 0];
  for (const point of line) {
    const [x, y] = [Math.round(point[0] * scale), Math.round(point[1] * scale)];
    text += encoded(y - lat) + encoded(x - lon);
    [lon, lat] = [x, y];
  }
  return text;
}

function encoded(difference: number): string {
  let bits = difference < 0 ? -2 * difference - 1 : 2 * difference;
  let text = "";
  for (; bits >= 0x20; bits = Math.floor(bits / 0x20)) text += String.fromCharCode((0x20 | (bits & 0x1f)) + 63);
  return text + String.fromCharCode(bits + 63);
}
