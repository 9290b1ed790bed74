import type { Peer } from "./peer.ts";

/**
 * Tests say `q` and `000000000000`; on a peer that others use too, each needs names of its own, and the account is another.
 * A middleware gives every name that goes out the peer's prefix and takes it from all that comes back.
 */
export function useOwnNames(client: object, { prefix, account }: Peer): void {
  const outward = (value: unknown, key = ""): unknown => mapTexts(value, key, (text, at) => own(text, at));
  const inward = (value: unknown): unknown =>
    mapTexts(value, "", (text) => text.replaceAll(prefix, "").replaceAll(account, testAccount));
  const own = (text: string, key: string): string => {
    if (nameKeys.has(key) && text !== "default" && !/[:/]/.test(text)) return prefix + text;
    return text
      .replace(/arn:aws:sqs:([\w-]*):000000000000:(?=[\w.])/g, `arn:aws:sqs:$1:${account}:${prefix}`)
      .replace(
        /arn:aws:events:([\w-]*):000000000000:([\w-]+)\/([\w./-]*)/g,
        (_, region, kind, path) => `arn:aws:events:${region}:${account}:${kind}/${ownPath(kind, path)}`,
      )
      .replace(/(https?:\/\/[^/]+)\/000000000000\/(?=[\w.])/g, `$1/${account}/${prefix}`);
  };
  const ownPath = (kind: string, path: string) =>
    path
      .split("/")
      .map((step, at) => (step === "default" || (at > 0 && kind !== "rule") ? step : prefix + step))
      .join("/");
  const names: Middleware = (next) => async (args) => {
    try {
      const result = await next({ ...args, input: outward(args.input) as object });
      return { ...result, output: inward(result.output) as object };
    } catch (error) {
      if (error instanceof Error) error.message = inward(error.message) as string;
      throw error;
    }
  };
  const { middlewareStack } = client as {
    middlewareStack: { add(middleware: Middleware, options: object): void };
  };
  middlewareStack.add(names, { step: "initialize", priority: "high", name: "ownNames" });
}

type Next = (args: { input: object }) => Promise<{ output: object }>;
type Middleware = (next: Next) => Next;

const testAccount = "000000000000";
const nameKeys = new Set([
  "QueueName",
  "QueueNamePrefix",
  "EventBusName",
  "Name",
  "NamePrefix",
  "Rule",
  "ArchiveName",
  "ReplayName",
]);

function mapTexts(value: unknown, key: string, change: (text: string, key: string) => string): unknown {
  if (typeof value === "string") return change(value, key);
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, "", change));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, mapTexts(each, name, change)]),
  );
}
