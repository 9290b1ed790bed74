/** A workflow command of GitHub Actions, which becomes an annotation: `::error file=a,line=1::text`. */
export function workflowCommand(
  kind: "error" | "warning" | "notice",
  properties: Readonly<Record<string, string | number | undefined>>,
  text: string,
): string {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  const list = given.map(([name, value]) => `${name}=${property(String(value))}`).join(",");
  return `::${kind}${list === "" ? "" : ` ${list}`}::${data(text)}`;
}

/** Workflow commands are one line; the rest of it is escaped as GitHub's documentation has it. */
const data = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
