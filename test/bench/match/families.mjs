// The rules of each family. The fields are those of AWS's own benchmark; the values are of our data.
import { landmark } from "./lots.mjs";

const of = (field, ...matchers) => ({ properties: { [field]: matchers } });
const x = (...numeric) => ({ x: [{ numeric }] });
const y = (...numeric) => ({ y: [{ numeric }] });
/** The five fields that `anything-but` and its forms ask for, each with a value of its own. */
const not = (form, texts) => {
  const fields = ["STREET", "STREET", "ST_TYPE", "FROM_ST", "MAPBLKLOT"];
  return texts.map((text, i) => of(fields[i], { "anything-but": form === "" ? text : { [form]: text } }));
};

const alone = {
  exact: ["1430022", "2607017", "2607018", "3745012", "0105007"].map((lot) => of("MAPBLKLOT", lot)),
  wildcard: ["143*", "2*0*1*7", "*218", "3*5*2", "01*07"].map((wildcard) => of("MAPBLKLOT", { wildcard })),
  prefix: ["AC", "BL", "DR", "FU", "RH"].map((prefix) => of("STREET", { prefix })),
  suffix: ["ON", "KE", "MM", "ING", "GO"].map((suffix) => of("STREET", { suffix })),
  "equals-ignore-case": ["fulton", "Mason", "DALEquin", "taraEL", "Rhine"].map((text) =>
    of("STREET", { "equals-ignore-case": text }),
  ),
  numeric: [
    x("=", landmark.x),
    x("<", -122.51),
    x(">", -122.36),
    x(">", -122.4, "<=", -122.399),
    y(">=", 37.8),
  ].map((firstCoordinates) => ({ geometry: { type: ["Polygon"], firstCoordinates } })),
  "anything-but": not("", ["FULTON", "MASON", "ST", "441", "1430022"]),
  "anything-but-prefix": not("prefix", ["FULTO", "MASO", "S", "44", "143"]),
  "anything-but-suffix": not("suffix", ["ULTON", "ASON", "T", "41", "022"]),
  "anything-but-wildcard": not("wildcard", ["F*N", "M*O*", "S*T", "4*1", "1*2*"]),
  "anything-but-ignore-case": not("equals-ignore-case", ["fulton", "mason", "st", "441", "1430022"]),
};

/** Two to four conditions each, of which one element of the array has to satisfy all. */
const arrays = [
  { type: ["Polygon"], coordinates: x("=", landmark.x) },
  { type: ["MultiPolygon"], coordinates: { ...x("<", -122.4), ...y("=", landmark.y) } },
  { coordinates: { ...x("<", -122.46), ...y(">", 37.76) } },
  { coordinates: { ...x(">", -122.416), ...y("<", 37.75), z: [0] } },
  { type: ["Polygon"], coordinates: { ...x(">", -122.4647, "<", -122.4063), ...y(">=", 37.78), z: [0] } },
].map((geometry) => ({ geometry }));

const mixed = Object.values(alone).flat();

const distinct = (count, isTwo) =>
  Array.from({ length: count }, (_, i) => {
    const lot = String(i * 29).padStart(7, "0");
    return { properties: { MAPBLKLOT: [lot], ...(isTwo && { BLOCK_NUM: [lot.slice(0, 4)] }) } };
  });

const counts = [10, 100, 1000, 10_000, 100_000];

/** Over land records. Each family is a function, since the largest take memory. */
export const lotFamilies = {
  ...Object.fromEntries(Object.entries(alone).map(([name, rules]) => [name, () => rules])),
  arrays: () => arrays,
  "all but arrays": () => mixed,
  "all together": () => [...mixed, ...arrays],
  ...Object.fromEntries(counts.map((count) => [`exact, ${count}`, () => distinct(count, false)])),
  ...Object.fromEntries(counts.map((count) => [`exact on two, ${count}`, () => distinct(count, true)])),
};

const shop = { source: ["com.example.shop"], "detail-type": ["Order Placed"] };

/** Over envelopes: what people write for a bus. */
export const envelopeFamilies = {
  "envelope, routing": () => [
    shop,
    { source: ["aws.ec2"] },
    { source: [{ prefix: "com.example." }], region: ["eu-central-1"] },
    { "detail-type": [{ suffix: " Failed" }] },
    { source: [{ "anything-but": { prefix: "aws." } }], account: ["123456789012"] },
  ],
  "envelope, detail": () => [
    { ...shop, detail: { state: ["ACCEPTED"], customer: { tier: ["gold"] } } },
    { ...shop, detail: { total: { amount: [{ numeric: [">", 200] }] } } },
    { detail: { items: { quantity: [{ numeric: [">=", 3] }], unitPrice: [{ numeric: [">", 100] }] } } },
    { detail: { device: { type: [{ "anything-but": ["phone", "tablet"] }] }, referrer: [null] } },
    { detail: { history: { by: [{ wildcard: "c-1*7" }], attempt: [8] } } },
  ],
  "envelope, 1000 sources": () =>
    Array.from({ length: 1000 }, (_, i) => ({
      source: [i === 0 ? "com.example.shop" : `com.example.team-${i}`],
      "detail-type": ["Order Placed"],
    })),
};
