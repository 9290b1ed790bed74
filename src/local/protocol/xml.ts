import type { RecordShape, Shape } from "./shape.ts";

/** The members of an output as XML elements, in the shape's order. */
export function renderMembers(shape: RecordShape, value: object): string {
  let xml = "";
  for (const [name, member] of Object.entries(shape.members)) {
    const found = (value as Record<string, unknown>)[name];
    if (found !== undefined && found !== null) xml += render(name, member, found);
  }
  return xml;
}

function render(name: string, shape: Shape, value: unknown): string {
  switch (shape.kind) {
    case "record":
      return `<${name}>${renderMembers(shape, value as object)}</${name}>`;
    case "list":
      return (value as readonly unknown[]).map((item) => render(shape.element, shape.of, item)).join("");
    case "map":
      return Object.entries(value as Readonly<Record<string, unknown>>)
        .map(
          ([key, item]) =>
            `<${shape.element}><${shape.key}>${escapeXml(key)}</${shape.key}>${render(shape.value, shape.of, item)}</${shape.element}>`,
        )
        .join("");
    default:
      return `<${name}>${escapeXml(String(value))}</${name}>`;
  }
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // A parser would make a line feed of it.
  "\r": "&#xD;",
};

export const escapeXml = (text: string): string => text.replace(/[&<>"\r]/g, (found) => entities[found]!);
