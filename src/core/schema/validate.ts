import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { type Mismatch, readMismatches } from "./mismatch.ts";
import type { EventSchema } from "./parse.ts";
import { plainDraft4 } from "./plain-draft4.ts";

/** Everything in a detail that the schema does not allow; nothing when it fits. */
export type CheckDetail = (detail: unknown) => readonly Mismatch[];

/** Makes the check of a schema's details. `content` is what `schema` was read from. Gives the reason why there is none. */
export function compileDetail(content: string, schema: EventSchema): CheckDetail | string {
  // What registries hold is not always to the letter of Draft 4, so only what cannot be carried out is refused.
  const ajv = new Ajv.default({
    strict: false,
    validateSchema: false,
    allErrors: true,
    verbose: true,
    logger: false,
    unicodeRegExp: false,
    // 21.4 is a multiple of 0.1, whatever a division of doubles makes of it.
    multipleOfPrecision: 9,
  });
  addFormats.default(ajv);
  try {
    ajv.addSchema(plainDraft4(JSON.parse(content)), "schema");
    const check = ajv.compile({ $ref: `schema${schema.detailRef}` });
    return (detail) => (check(detail) ? [] : readMismatches(check.errors ?? [], detail));
  } catch (error) {
    return (error as Error).message;
  }
}
