/** `opt:stage, self:custom.x, 'a, b'` at its commas, save those within quotes and parentheses. */
export function splitAlternatives(expression: string): string[] {
  const parts = expression.match(/(?:'[^']*'|"[^"]*"|\([^)]*\)|[^,'"(])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** `file(./a.yml):b.c` as what is asked and for what; `cf.eu-west-1:stack.Output` stays one name. */
export function splitAddress(text: string): [kind: string, address: string] {
  const bool = /^strToBool\((.*)\)$/s.exec(text);
  if (bool !== null) return ["strToBool", bool[1]!.trim()];
  const file = /^(file\([^)]*\)):?(.*)$/s.exec(text);
  if (file !== null) return [file[1]!, file[2]!.trim()];
  const colon = text.indexOf(":");
  return [text.slice(0, colon), text.slice(colon + 1).trim()];
}
