// What a client reports: checks that passed, that failed and why, and remarks.

export function openChecks() {
  const report = { passed: 0, failures: [], notes: [], version: "" };
  return {
    report,
    /** Runs one check; a failure is kept, and the next one goes on. */
    async check(name, act) {
      try {
        const answer = await act();
        report.passed += 1;
        return answer;
      } catch (error) {
        report.failures.push(`${name}: ${error instanceof Error ? error.message : error}`);
        return undefined;
      }
    },
  };
}

/** What a child wrote in TAP; `# version x` names the client, other remarks are notes. */
export function parseTap({ code, out, err }) {
  const { report } = openChecks();
  for (const line of out.split("\n")) {
    if (line.startsWith("ok ")) report.passed += 1;
    else if (line.startsWith("not ok - ")) report.failures.push(line.slice("not ok - ".length));
    else if (line.startsWith("# version ")) report.version = line.slice("# version ".length);
    else if (line.startsWith("# ")) report.notes.push(line.slice(2));
  }
  if (code !== 0) report.failures.push(`it ended with ${code}: ${err.trim().slice(-1500)}`);
  return report;
}

/** Why a client was not run at all. */
export const skipped = (reason) => ({ passed: 0, failures: [], notes: [], version: "", skipped: reason });
