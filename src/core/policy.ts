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

type OneOrMore = string | readonly string[];

interface Statement {
  readonly Effect?: string;
  readonly Principal?: "*" | Readonly<Record<string, OneOrMore>>;
  readonly NotPrincipal?: unknown;
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
    names(statement.Principal, service) &&
    covers(statement.Action, statement.NotAction, action, true) &&
    covers(statement.Resource, statement.NotResource, resource, false) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) =>
        holds(operator, [wanted].flat(), context[key.toLowerCase()]),
      ),
    )
  );
}

/** A star, alone or for all accounts, names services too. */
function names(principal: Statement["Principal"], service: string): boolean {
  if (principal === undefined) return false;
  if (principal === "*") return true;
  return [principal.AWS ?? []].flat().includes("*") || [principal.Service ?? []].flat().includes(service);
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

/** An operator that is not known here never holds, so that what cannot be judged is not let in. */
function holds(operator: string, wanted: readonly string[], found: string | undefined): boolean {
  const plain = operator.replace(/^ForAnyValue:/i, "").replace(/IfExists$/i, "");
  if (found === undefined) return /IfExists$/i.test(operator);
  switch (plain.toLowerCase()) {
    case "stringequals":
      return wanted.includes(found);
    case "stringequalsignorecase":
    case "bool":
      return wanted.some((value) => String(value).toLowerCase() === found.toLowerCase());
    case "stringlike":
    case "arnlike":
    case "arnequals":
      return wanted.some((pattern) => isLike(pattern, found));
    case "stringnotequals":
      return !wanted.includes(found);
    case "stringnotlike":
    case "arnnotlike":
    case "arnnotequals":
      return !wanted.some((pattern) => isLike(pattern, found));
    default:
      return false;
  }
}

/** `*` for any run of characters, `?` for one. */
function isLike(pattern: string, value: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === value;
  const source = pattern
    .split(/(\*|\?)/)
    .map((part) => (part === "*" ? ".*" : part === "?" ? "." : part.replace(/[.\\+^$()[\]{}|]/g, "\\$&")))
    .join("")
    .replace(/(\.\*)+/g, ".*");
  return new RegExp(`^${source}$`, "s").test(value);
}
