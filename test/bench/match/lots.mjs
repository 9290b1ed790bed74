// Land records in the shape of the public CityLots file, from a fixed seed: the same bytes on every machine.
const streets = [
  "FULTON",
  "MASON",
  "JEFFERSON",
  "CLARKE",
  "DRUMM",
  "RHINE",
  "BLUXOME",
  "ACADIA",
  "OTSEGO",
  "IRVING",
];
const parts = ["NOR", "VAL", "TARA", "QUIN", "ULLO", "DALE", "CAS", "MORA", "GREN", "PAR", "SUTT", "EL"];
const types = ["ST", "ST", "ST", "AVE", "AVE", "CT", "BLVD", "WAY", "TER", "SQ", null];

/** `count` records, one a line, as bytes. */
export function makeLots(count, seed = 20_171_002) {
  const random = generator(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const lines = [];
  for (let i = 0; i < count; i++) lines.push(JSON.stringify(makeLot(random, pick)));
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}

function makeLot(random, pick) {
  const block = String(Math.floor(random() * 7400)).padStart(4, "0");
  const lot = String(Math.floor(random() * random() * 400)).padStart(3, "0");
  const house = String(1 + Math.floor(random() * random() * 5200));
  const corner = [-122.515 + 0.158 * random(), 37.708 + 0.105 * random()];
  const ring = Array.from({ length: 4 + Math.floor(-5 * Math.log(1 - random())) }, () => ({
    x: corner[0] + (random() - 0.5) * 0.0006,
    y: corner[1] + (random() - 0.5) * 0.0006,
    z: 0,
  }));
  return {
    type: "Feature",
    properties: {
      MAPBLKLOT: block + lot,
      BLKLOT: block + lot,
      BLOCK_NUM: block,
      LOT_NUM: lot,
      FROM_ST: house,
      TO_ST: house,
      STREET: random() < 0.2 ? pick(streets) : pick(parts) + pick(parts),
      ST_TYPE: pick(types),
      ODD_EVEN: Number(house) % 2 === 0 ? "E" : "O",
    },
    geometry: { type: "Polygon", coordinates: [[...ring, ring[0]]], firstCoordinates: ring[0] },
  };
}

/** A small generator of numbers in [0, 1): a linear congruence of 48 bits, by halves. */
function generator(seed) {
  let state = BigInt(seed);
  return () => {
    state = (state * 0x5deece66dn + 11n) & 0xffffffffffffn;
    return Number(state >> 16n) / 2 ** 32;
  };
}
