/** So many lines around a change are shown with it. */
const context = 2;

/** How one JSON text differs from another, line by line: each begins with a blank, `-` or `+`. Empty where it does not. */
export async function renderDiff(before: string, after: string): Promise<string[]> {
  const { structuredPatch } = await import("diff");
  const { hunks } = structuredPatch("", "", pretty(before), pretty(after), "", "", { context });
  return hunks.flatMap(({ lines }, index) => [...(index > 0 ? [" …"] : []), ...lines]);
}

const pretty = (json: string): string => `${JSON.stringify(JSON.parse(json), undefined, 2)}\n`;
