/** The names that are most like a misspelt one, best first, at most `most`; none when nothing is near. */
export function nearNames(word: string, names: Iterable<string>, most = 3): string[] {
  const wanted = word.toLowerCase();
  const near = [...new Set(names)]
    .map((name) => ({ name, far: distance(wanted, name.toLowerCase()) }))
    .filter(({ name, far }) => far <= Math.max(1, Math.floor(Math.max(wanted.length, name.length) / 3)))
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1));
  // Beside a very near name the others only distract.
  return near
    .filter(({ far }) => far <= near[0]!.far + 1)
    .slice(0, most)
    .map(({ name }) => name);
}

/** Letters to insert, delete, change or swap; a word that the other contains as a whole part is one step away. */
function distance(a: string, b: string): number {
  if (a.length > 2 && b.split(/[^a-z0-9]+/).includes(a)) return 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}
