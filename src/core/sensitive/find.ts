import { renderPath, type Step } from "../event/path.ts";
import { isCardNumber } from "./card.ts";

/** A value that looks like one that should not travel in an event. What it is is told, never the value. */
export interface Sensitive {
  /** `detail.card.number` */
  readonly path: string;
  /** `a card number` */
  readonly kind: string;
}

/** Texts that are what they look like, wherever they stand. The kinds are told in messages. */
const shapes: readonly (readonly [kind: string, shape: RegExp])[] = [
  ["a private key", /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/],
  ["an AWS access key", /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/],
  ["a token (JWT)", /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
  ["a GitHub token", /\b(?:gh[oprsu]_[A-Za-z0-9]{36}|github_pat_\w{22,})/],
  ["a GitLab token", /\bglpat-[\w-]{20}/],
  ["a Slack token", /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/],
  ["a Slack webhook", /\bhooks\.slack\.com\/services\/T\w+\/B\w+\/\w+/],
  ["a Stripe key", /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/],
  ["a Google API key", /\bAIza[\w-]{35}/],
  ["an npm token", /\bnpm_[A-Za-z0-9]{36}/],
  ["an API key", /\bsk-(?:[a-z]+-)*[\w-]{32,}/],
  ["a token (Bearer)", /\bBearer\s+[\w.~+/-]{16,}=*/i],
  ["a password in a URL", /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i],
  ["an e-mail address", /[\w.+%-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b/i],
];

/** Names whose values are secrets whatever they look like, written in any way: `apiKey`, `api_key`, `API-KEY`. */
const secretName =
  /^(?:.*(?:password|passwd|passphrase|secret|apikey|accesstoken|authtoken|refreshtoken|bearertoken|privatekey|secretkey|secretaccesskey)|token|authorization|pwd|cvv|cvc|cardnumber)$/;

/** Everything in a detail that looks sensitive, one finding a value. */
export function findSensitive(detail: unknown): readonly Sensitive[] {
  const found: Sensitive[] = [];
  walk(detail, ["detail"], found);
  return found;
}

function walk(value: unknown, steps: readonly Step[], found: Sensitive[]): void {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) walk(item, [...steps, i], found);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) walk(item, [...steps, key], found);
  } else {
    const kind = kindOfValue(value, steps);
    if (kind !== undefined) found.push({ path: renderPath(steps), kind });
  }
}

function kindOfValue(value: unknown, steps: readonly Step[]): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const text = String(value);
  // Nothing that is looked for is shorter, and most values are.
  if (text.length >= 6) {
    if (isCardNumber(text)) return "a card number";
    if (typeof value === "string") {
      const shape = shapes.find(([, regexp]) => regexp.test(text));
      if (shape !== undefined) return shape[0];
    }
  }
  const name = String(steps.findLast((step) => typeof step === "string"))
    .toLowerCase()
    .replace(/[^a-z]/g, "");
  return typeof value === "string" && isSecretText(text) && secretName.test(name)
    ? "a secret, by its name"
    : undefined;
}

/** Not a flag, a name of a secret elsewhere, or what has been blotted out already. */
const isSecretText = (text: string): boolean =>
  text.length >= 4 &&
  !/^(?:true|false|null|none)$/i.test(text) &&
  !/^(?:[*x•]+.{0,4}|\[?<?redacted>?\]?|arn:.*)$/i.test(text);
