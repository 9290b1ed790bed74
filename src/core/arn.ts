/** `arn:partition:service:region:account:resource`. Region and account may be empty. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the fifth colon. */
  readonly resource: string;
}

/** Where something lives: what an ARN starts with, without the service. */
export type Home = Pick<Arn, "partition" | "region" | "account">;

export function parseArn(text: string): Arn | undefined {
  const found = /^arn:(aws[\w-]*):([\w-]+):([\w-]*):(\d{12}|aws)?:(.+)$/s.exec(text);
  if (found === null) return undefined;
  const [, partition, service, region, account = "", resource] = found;
  return { partition: partition!, service: service!, region: region!, account, resource: resource! };
}

export const renderArn = (home: Home, service: string, resource: string): string =>
  `arn:${home.partition}:${service}:${home.region}:${home.account}:${resource}`;

export const busArn = (home: Home, bus: string): string => renderArn(home, "events", `event-bus/${bus}`);

/** Rules of the default bus do not name it. */
export const ruleArn = (home: Home, bus: string, rule: string): string =>
  renderArn(home, "events", bus === "default" ? `rule/${rule}` : `rule/${bus}/${rule}`);

/** The name of the bus that a rule's `EventBusName` means: a name, an ARN, or nothing for the default bus. */
export function busNameOf(nameOrArn: string | undefined): string {
  if (nameOrArn === undefined) return "default";
  const resource = parseArn(nameOrArn)?.resource;
  return resource?.startsWith("event-bus/") ? resource.slice("event-bus/".length) : nameOrArn;
}

/** Bus and rule of a rule's ARN; `undefined` when it is no such ARN. */
export function parseRuleArn(
  text: string,
): { readonly arn: Arn; readonly bus: string; readonly rule: string } | undefined {
  const arn = parseArn(text);
  if (arn?.service !== "events" || !arn.resource.startsWith("rule/")) return undefined;
  const path = arn.resource.slice("rule/".length);
  // A partner bus has slashes in its name, a rule has none.
  const end = path.lastIndexOf("/");
  return { arn, bus: end < 0 ? "default" : path.slice(0, end), rule: path.slice(end + 1) };
}

/** The newer kind of bus, which has another API: recognised so that it can be refused in words. */
export const isBusV2Arn = (text: string): boolean =>
  parseArn(text)?.resource.startsWith("event-busv2/") ?? false;

/** What a person tells a resource by: the last part of its ARN, without its kind; the text itself where it is none. */
export const shortName = (arn: string): string => arn.slice(arn.lastIndexOf(":") + 1).replace(/^.*\//s, "");
