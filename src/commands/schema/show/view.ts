import { listFields, type SchemaField } from "../../../core/schema/fields.ts";
import type { Print, View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { renderTable } from "../../../shell/table.ts";
import type { FoundSchema } from "../../find-schema.ts";
import type { ShowHappening } from "./run.ts";

export function showView(screen: Screen): View<ShowHappening> {
  return ({ found, versions }): Print => {
    if (screen.json) return { out: JSON.stringify(schemaJson(found, versions)) };
    if (found.schema === undefined)
      return {
        out: found.content,
        err: `evb: the content is neither OpenAPI 3 nor JSON Schema: shown as it is`,
      };
    const fields = listFields(found.schema);
    const table = fields.length === 0 ? "(any detail)" : fieldTable(fields);
    return { out: `${head(found, versions)}\n\n${table}` };
  };

  function head(found: FoundSchema, versions: readonly string[]): string {
    const others = versions.filter((version) => version !== found.version);
    const lines = [
      ["registry", found.registry],
      ["version", others.length === 0 ? found.version : `${found.version} (others: ${others.join(", ")})`],
      ["made", found.createdAt?.toISOString()],
      ["type", found.type],
      ["source", found.schema?.source],
      ["detail-type", found.schema?.detailType],
      ["about", found.description],
    ].flatMap(([label, value]) => (value === undefined ? [] : [`  ${label!.padEnd(11)}  ${value}`]));
    return [screen.paint.bold(found.name), ...lines].join("\n");
  }

  function fieldTable(fields: readonly SchemaField[]): string {
    const hasNotes = fields.some((field) => noteOf(field) !== "");
    const header = ["detail", "type", "required", ...(hasNotes ? ["about"] : [])];
    const rows = fields.map((field) => [
      field.path,
      field.type,
      field.required ? "yes" : "no",
      ...(hasNotes ? [noteOf(field)] : []),
    ]);
    return renderTable(screen, header, rows);
  }
}

function noteOf({ choices, description }: SchemaField): string {
  const values =
    choices === undefined ? [] : [`one of ${choices.map((choice) => JSON.stringify(choice)).join(", ")}`];
  return [...(description === undefined ? [] : [description]), ...values].join("; ");
}

function schemaJson({ schema, content, ...found }: FoundSchema, versions: readonly string[]) {
  const { source, detailType } = schema ?? {};
  return {
    ...found,
    versions,
    source,
    detailType,
    content: schema === undefined ? content : JSON.parse(content),
  };
}
