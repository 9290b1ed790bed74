/** A key of an object, or an index of an array. */
export type Step = string | number;

/**
 * Reads `detail.items[0].sku`. A key with dots or brackets is quoted (`detail["a.b"]`) or escaped (`detail.a\.b`).
 * Gives the steps, or the sentence that says what is wrong.
 */
export function parsePath(text: string): readonly Step[] | string {
  const steps: Step[] = [];
  const token = /\.?((?:[^.[\]\\=\s]|\\.)+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;
  let at = 0;
  while (at < text.length) {
    token.lastIndex = at;
    const found = token.exec(text);
    // The first key has no dot before it, every other one has.
    if (found === null || (found[1] !== undefined && found[0].startsWith(".") === (at === 0)))
      return `the path ${JSON.stringify(text)} is broken at character ${at + 1}`;
    const [, key, index, quoted] = found;
    if (key !== undefined) steps.push(key.replace(/\\(.)/g, "$1"));
    else steps.push(index === undefined ? (JSON.parse(quoted!) as string) : Number(index));
    at = token.lastIndex;
  }
  return steps.length > 0 ? steps : "the path is empty";
}

/** The opposite: `detail.items[0]["a.b"]`. */
export function renderPath(steps: readonly Step[]): string {
  let text = "";
  for (const step of steps) {
    if (typeof step === "number") text += `[${step}]`;
    else if (!/^[^.[\]\\"=\s]+$/.test(step)) text += `[${JSON.stringify(step)}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}
