import { invalid } from "./faults.ts";
import { sqsLimits } from "./limits.ts";

/** Throws when a queue that has the tags `present` cannot get these as well. Limits of the user guide; our wording. */
export function checkTags(
  given: Readonly<Record<string, string>>,
  present: ReadonlyMap<string, string>,
): void {
  for (const [key, value] of Object.entries(given)) {
    if (key.length < 1 || key.length > sqsLimits.tagKeyChars || /^aws:/i.test(key))
      throw invalid(
        `Tag key ${key} is invalid: it must have 1 to ${sqsLimits.tagKeyChars} characters and not begin with aws:.`,
      );
    if (value.length > sqsLimits.tagValueChars)
      throw invalid(`The value of tag ${key} must have at most ${sqsLimits.tagValueChars} characters.`);
  }
  const count = new Set([...present.keys(), ...Object.keys(given)]).size;
  if (count > sqsLimits.tags) throw invalid(`Too many tags for queue: ${count}, at most ${sqsLimits.tags}.`);
}
