// Land records in the shape of the public CityLots file: nine text properties, then a ring of corners, some 890 bytes
// a line. `node lots.mjs [COUNT] > lots.ndjson`; the whole file has 213,068.
import { makeRandom } from "./random.mjs";

export const wholeFile = 213_068;

/** One street in five is one that the rules know. */
const known = "FULTON MASON JEFFERSON CLARKE DRUMM RHINE BLUXOME ACADIA OTSEGO IRVING".split(" ");
const parts = "NOR VAL TARA QUIN ULLO DALE CAS MORA GREN PAR SUTT EL".split(" ");
const types = ["ST", "ST", "ST", "ST", "ST", "AVE", "AVE", "CT", "WAY", null];
/** A corner that some lots share, so that equality of numbers is met with. */
export const landmark = { x: -122.42916360922355, y: 37.729900216217324, z: 0 };

export function* makeLots(count, seed = 1) {
  const random = makeRandom(seed);
  for (let i = 0; i < count; i++) yield renderLot(makeLot(random));
}

function makeLot(random) {
  const block = String(random.below(7400)).padStart(4, "0");
  const lot = String(Math.floor(400 * random.next() * random.next())).padStart(3, "0");
  const house = String(Math.floor(5200 * random.next() * random.next()));
  const isMany = random.next() < 0.01;
  const rings = Array.from({ length: isMany ? 2 : 1 }, () => makeRing(random));
  return {
    properties: {
      MAPBLKLOT: block + lot,
      BLKLOT: random.next() < 0.9 ? block + lot : `${block}${String(random.below(400)).padStart(3, "0")}`,
      BLOCK_NUM: block,
      LOT_NUM: lot,
      FROM_ST: house,
      TO_ST: house,
      STREET: random.next() < 0.2 ? random.pick(known) : random.pick(parts) + random.pick(parts),
      ST_TYPE: random.pick(types),
      ODD_EVEN: Number(house) % 2 === 0 ? "E" : "O",
    },
    type: isMany ? "MultiPolygon" : "Polygon",
    rings,
  };
}

/** Corners within some 50 m; most lots are simple, a few have dozens of corners. */
function makeRing(random) {
  const [x, y] = [-122.515 + 0.158 * random.next(), 37.708 + 0.105 * random.next()];
  const corners = 4 + Math.floor(-3.7 * Math.log(1 - random.next()));
  const ring = Array.from({ length: corners }, () => ({
    x: x + (random.next() - 0.5) * 0.0006,
    y: y + (random.next() - 0.5) * 0.0006,
    z: 0,
  }));
  if (random.next() < 0.005) ring[random.below(corners)] = landmark;
  return [...ring, ring[0]];
}

/** With blanks between the tokens, as the public file has them. */
function renderLot({ properties, type, rings }) {
  const corner = ({ x, y, z }) => `{ "x": ${x}, "y": ${y}, "z": ${z} }`;
  const texts = Object.entries(properties).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  const coordinates = rings.map((ring) => `[ ${ring.map(corner).join(", ")} ]`).join(", ");
  return `{ "type": "Feature", "properties": { ${texts.join(", ")} }, "geometry": { "type": "${type}", "coordinates": [ ${coordinates} ], "firstCoordinates": ${corner(rings[0][0])} } }\n`;
}

if (import.meta.filename === process.argv[1])
  for (const line of makeLots(Number(process.argv[2] ?? wholeFile)))
    if (!process.stdout.write(line)) await new Promise((resolve) => process.stdout.once("drain", resolve));
