/** What a resource policy is asked: may this service do this to that, on behalf of what. */
export interface Question {
  /** `events.amazonaws.com` */
  readonly service: string;
  /** `sqs:SendMessage` */
  readonly action: string;
  readonly resource: string;
  /** Condition keys and their values, the keys in lower case: `aws:sourcearn`. */
  readonly context: Readonly<Record<string, string>>;
}

/** What a request of an AWS service, for a rule, bus or topic of an account, has for conditions. */
export const contextOf = (service: string, sourceArn: string): Question["context"] => ({
  "aws:sourcearn": sourceArn,
  "aws:sourceaccount": sourceArn.split(":")[4] ?? "",
  "aws:securetransport": "true",
  "aws:principalisawsservice": "true",
  "aws:principalservicename": service,
  "aws:principalservicenameslist": service,
  // Nobody's credentials are passed on.
  "aws:viaawsservice": "false",
});

type OneOrMore = string | readonly string[];

interface Statement {
  readonly Effect?: string;
  readonly Principal?: "*" | Readonly<Record<string, OneOrMore>>;
  readonly NotPrincipal?: Statement["Principal"];
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

export interface Policy {
  readonly Statement?: Statement | readonly Statement[];
}

/** `undefined` when the text is no policy: not a JSON object. */
export function parsePolicy(text: string): Policy | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a statement allows it and none denies it. No policy allows nothing. */
export function isAllowed(policy: Policy | undefined, question: Question): boolean {
  const statements = policy?.Statement === undefined ? [] : [policy.Statement].flat();
  const applying = statements.filter((statement) => applies(statement, question));
  return (
    applying.some(({ Effect }) => Effect === "Allow") && !applying.some(({ Effect }) => Effect === "Deny")
  );
}

function applies(statement: Statement, { service, action, resource, context }: Question): boolean {
  return (
    names(statement, service) &&
    covers(statement.Action, statement.NotAction, action, true) &&
    covers(statement.Resource, statement.NotResource, resource, false) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys ?? {}).every(([key, wanted]) =>
        holds(operator, [wanted].flat(), context[key.toLowerCase()]),
      ),
    )
  );
}

function names({ Principal, NotPrincipal }: Statement, service: string): boolean {
  if (Principal !== undefined) return isAmong(Principal, service);
  return NotPrincipal !== undefined && !isAmong(NotPrincipal, service);
}

/** A star, alone or for all accounts, names services too. */
function isAmong(principal: NonNullable<Statement["Principal"]>, service: string): boolean {
  if (principal === "*") return true;
  const { AWS = [], Service = [] } = Object(principal) as Readonly<Record<string, OneOrMore>>;
  return [AWS].flat().includes("*") || [Service].flat().includes(service);
}

function covers(
  yes: OneOrMore | undefined,
  no: OneOrMore | undefined,
  value: string,
  fold: boolean,
): boolean {
  const like = (pattern: string) =>
    fold ? isLike(pattern.toLowerCase(), value.toLowerCase()) : isLike(pattern, value);
  if (yes !== undefined) return [yes].flat().some(like);
  return no !== undefined && ![no].flat().some(like);
}

/**
 * A key that the request does not have fails what asks for a value, and meets what asks for another one (`StringNotEquals`,
 * `NotIpAddress`). An operator that is not known here never holds for one that it has. User guide of IAM, conditions.
 */
function holds(operator: string, wanted: readonly string[], found: string | undefined): boolean {
  const plain = operator.replace(/^For(AnyValue|AllValues):/i, "").replace(/IfExists$/i, "");
  if (plain.toLowerCase() === "null") return wanted.some((is) => String(is) === String(found === undefined));
  if (found === undefined)
    return (
      /IfExists$|^ForAllValues:/i.test(operator) || (/not/i.test(plain) && !/^ForAnyValue:/i.test(operator))
    );
  switch (plain.toLowerCase()) {
    case "stringequals":
      return wanted.includes(found);
    case "stringequalsignorecase":
    case "bool":
      return wanted.some((value) => isSame(value, found));
    case "stringlike":
    case "arnlike":
    case "arnequals":
      return wanted.some((pattern) => isLike(pattern, found));
    case "stringnotequals":
      return !wanted.includes(found);
    case "stringnotequalsignorecase":
      return !wanted.some((value) => isSame(value, found));
    case "stringnotlike":
    case "arnnotlike":
    case "arnnotequals":
      return !wanted.some((pattern) => isLike(pattern, found));
    default:
      return false;
  }
}

/** A policy may have `true` for `"true"`. */
const isSame = (value: string, found: string): boolean => String(value).toLowerCase() === found.toLowerCase();

/** `*` for any run of characters, `?` for one. */
function isLike(pattern: string, value: string): boolean {
  if (typeof pattern !== "string" || !/[*?]/.test(pattern)) return pattern === value;
  const source = pattern
    .split(/(\*|\?)/)
    .map((part) => (part === "*" ? ".*" : part === "?" ? "." : part.replace(/[.\\+^$()[\]{}|]/g, "\\$&")))
    .join("")
    .replace(/(\.\*)+/g, ".*");
  return new RegExp(`^${source}$`, "s").test(value);
}
