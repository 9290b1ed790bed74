// The rules of each family. Fields and operators are those of AWS's own benchmark; values are of our data.
const of = (field, ...matchers) => ({ properties: { [field]: matchers } });
const lots = ["1430022", "2607117", "2607218", "3745012", "0105007"];
const anyFields = ["STREET", "STREET", "ST_TYPE", "FROM_ST", "FROM_ST"];
const x = (...numeric) => ({ x: [{ numeric }] });
const not = (form, texts) =>
  texts.map((text, i) => of(anyFields[i], { "anything-but": form === "" ? text : { [form]: text } }));

const base = {
  exact: lots.map((lot) => of("MAPBLKLOT", lot)),
  wildcard: ["143*", "2*0*1*7", "*218", "3*5*2", "01*07"].map((wildcard) => of("MAPBLKLOT", { wildcard })),
  prefix: ["AC", "BL", "DR", "FU", "RH"].map((prefix) => of("STREET", { prefix })),
  suffix: ["ON", "KE", "MM", "ING", "GO"].map((suffix) => of("STREET", { suffix })),
  "equals-ignore-case": ["fulton", "Mason", "DALEquin", "taraEL", "Rhine"].map((text) =>
    of("STREET", { "equals-ignore-case": text }),
  ),
  numeric: [
    ["=", -122.42916360922355],
    ["<", -122.51],
    [">", -122.36],
    [">", -122.4, "<", -122.399],
    ["=", 7],
  ].map((numeric) => ({ geometry: { type: ["Polygon"], firstCoordinates: x(...numeric) } })),
  "anything-but": not("", ["FULTON", "MASON", "ST", "441", "25"]),
  "anything-but-prefix": not("prefix", ["FULTO", "MASO", "S", "44", "2"]),
  "anything-but-suffix": not("suffix", ["ULTON", "ASON", "T", "41", "5"]),
  "anything-but-wildcard": not("wildcard", ["*ON", "*O*", "S*T", "4*1", "2*"]),
  "anything-but-ignore-case": not("equals-ignore-case", ["fulton", "mason", "st", "441", "25"]),
};

const arrays = [
  { type: ["Polygon"], coordinates: x("=", -122.42916360922355) },
  { type: ["MultiPolygon"], coordinates: { y: [{ numeric: ["=", 37.729900216217324] }] } },
  { coordinates: { ...x("<", -122.416), y: [{ numeric: [">", 37.76] }] } },
  { coordinates: { ...x(">", -122.416), y: [{ numeric: ["<", 37.75] }], z: [0] } },
  { coordinates: x(">", -122.4647, "<", -122.4063) },
].map((geometry) => ({ geometry }));

const distinct = (count, isTwo) =>
  Array.from({ length: count }, (_, i) => ({
    properties: { MAPBLKLOT: [String(i * 13).padStart(7, "0")], ...(isTwo && { STREET: [`NORDALE ${i}`] }) },
  }));

const mixed = Object.values(base).flat();
const counts = [10, 100, 1000, 10_000, 100_000];

/** Each family as a function, since the largest take memory. */
export const families = {
  ...Object.fromEntries(Object.entries(base).map(([name, rules]) => [name, () => rules])),
  arrays: () => arrays,
  mixed: () => mixed,
  all: () => [...mixed, ...arrays],
  ...Object.fromEntries(counts.map((count) => [`exact-${count}`, () => distinct(count, false)])),
  ...Object.fromEntries(counts.map((count) => [`exact-two-${count}`, () => distinct(count, true)])),
};
