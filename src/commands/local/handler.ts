import { InvalidArgumentError } from "@commander-js/extra-typings";

/** What stands in for a target that the emulator does not have: `--handler TARGET=HOW`. */
export interface HandlerSpec {
  /** An ARN, or a service (`lambda`) for all its ARNs that have no handler of their own. */
  readonly target: string;
  readonly how:
    | { readonly kind: "module"; readonly path: string; readonly name: string }
    | { readonly kind: "command"; readonly line: string }
    | { readonly kind: "url"; readonly url: string }
    | { readonly kind: "file"; readonly path: string }
    | { readonly kind: "stdout" };
}

/** One `--handler`, added to those before it. */
export function handler(text: string, before: readonly HandlerSpec[] = []): readonly HandlerSpec[] {
  const at = text.indexOf("=");
  const target = text.slice(0, at);
  const value = text.slice(at + 1).trim();
  if (at < 1 || value === "")
    throw new InvalidArgumentError("expected TARGET=HOW, such as lambda=./on-event.mjs.");
  if (!/^(arn:\S+|[a-z][a-z0-9-]*)$/.test(target))
    throw new InvalidArgumentError(`${target} is no ARN and no service such as lambda, sns, states or logs.`);
  if (before.some((each) => each.target === target))
    throw new InvalidArgumentError(`${target} has a handler already.`);
  return [...before, { target, how: howOf(value) }];
}

function howOf(value: string): HandlerSpec["how"] {
  if (value === "-") return { kind: "stdout" };
  if (/^https?:\/\//.test(value)) return { kind: "url", url: value };
  if (value.startsWith("file:")) return { kind: "file", path: value.slice("file:".length) };
  const found = /^(\S+\.[cm]?js)(?:#([\w$]+))?$/.exec(value);
  if (found !== null) return { kind: "module", path: found[1]!, name: found[2] ?? "default" };
  return { kind: "command", line: value };
}
