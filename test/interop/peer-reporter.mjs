import { writeFileSync } from "node:fs";
import { relative } from "node:path";

/** What came of each test, as JSON into the file that `EVB_INTEROP_REPORT` names. */
export default class PeerReporter {
  tests = [];

  onTestCaseResult(test) {
    const { state, errors = [], note } = test.result();
    const file = relative(process.cwd(), test.module.moduleId);
    this.tests.push({ file, test: test.fullName, state, reason: errors[0]?.message ?? note ?? "" });
  }

  onTestRunEnd() {
    writeFileSync(process.env.EVB_INTEROP_REPORT, JSON.stringify(this.tests));
  }
}
