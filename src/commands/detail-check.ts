import { EvbError } from "../core/errors.ts";
import { type Mismatch, renderMismatch } from "../core/schema/mismatch.ts";
import { parseEventSchema } from "../core/schema/parse.ts";
import { type CheckDetail, compileDetail } from "../core/schema/validate.ts";
import { type KindSchema, openSchemaSource, type SchemaChoice, type SchemaSource } from "./schema-source.ts";
import type { Stage } from "./stage.ts";

/** A schema with its check. */
export interface Checker {
  readonly schema: KindSchema;
  readonly check: CheckDetail;
}

/** What came of checking a detail; `schema` is undefined where there is none for this kind of event. */
export interface DetailVerdict {
  readonly schema: KindSchema | undefined;
  readonly mismatches: readonly Mismatch[];
}

/** Checks details against the schemas of their kinds; each kind is looked up once. */
export class DetailCheck {
  readonly where: string;
  readonly #source: SchemaSource;
  readonly #checkers = new Map<string, Promise<Checker | undefined>>();

  constructor(source: SchemaSource) {
    this.#source = source;
    this.where = source.where;
  }

  async judge(source: string, detailType: string, detail: unknown): Promise<DetailVerdict> {
    const kind = JSON.stringify([source, detailType]);
    let checker = this.#checkers.get(kind);
    if (checker === undefined) {
      checker = this.#source.find(source, detailType).then((found) => found && openChecker(found));
      this.#checkers.set(kind, checker);
    }
    const known = await checker;
    return { schema: known?.schema, mismatches: known?.check(detail) ?? [] };
  }

  /** The sentences of what is wrong with an event that is to be sent. */
  async faultsOf(source: string, detailType: string, detail: unknown): Promise<readonly string[]> {
    const { schema, mismatches } = await this.judge(source, detailType, detail);
    if (schema === undefined)
      return [`there is no schema for ${JSON.stringify(detailType)} of ${source} in ${this.where}`];
    const by = ` (schema ${schema.name}, version ${schema.version}, ${schema.registry})`;
    return mismatches.map(
      (mismatch, i) => renderMismatch(mismatch) + (i === mismatches.length - 1 ? by : ""),
    );
  }
}

/** Makes the check of a schema that was found. */
export function openChecker(schema: KindSchema): Checker {
  const parsed = parseEventSchema(schema.content);
  const check =
    parsed === undefined ? "it is neither OpenAPI 3 nor JSON Schema" : compileDetail(schema.content, parsed);
  if (typeof check !== "string") return { schema, check };
  throw new EvbError(
    "NOT_SUPPORTED",
    `nothing can be checked against the schema ${schema.name}, version ${schema.version}, of ${schema.registry}: ${check}`,
    [`evb schema show ${schema.name} --json shows it`],
  );
}

/** The check of details that `--validate` asks for. */
export const openDetailCheck = async (choice: SchemaChoice, stage: Stage): Promise<DetailCheck> =>
  new DetailCheck(await openSchemaSource(choice, stage));
