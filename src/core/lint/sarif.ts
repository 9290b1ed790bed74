import { checks } from "./checks/index.ts";
import type { Finding } from "./finding.ts";

/** Findings as SARIF 2.1.0, for code scanning. */
export function renderSarif(
  findings: readonly Finding[],
  version: string,
  fromRoot: (path: string) => string = (path) => path,
): string {
  const driver = {
    name: "evb rules lint",
    version,
    rules: checks.map(({ id, about, severity }) => ({
      id,
      shortDescription: { text: about },
      // GitHub demands both.
      fullDescription: { text: about },
      help: { text: `${about}. Switched off by a comment, evb-lint-disable ${id}, or by --disable ${id}.` },
      defaultConfiguration: { level: severity },
    })),
  };
  return JSON.stringify({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => resultOf(finding, fromRoot)),
      },
    ],
  });
}

const resultOf = (finding: Finding, fromRoot: (path: string) => string): object => ({
  ruleId: finding.id,
  ruleIndex: checks.findIndex(({ id }) => id === finding.id),
  level: finding.severity,
  message: { text: `${finding.sentence}. Remedy: ${finding.remedy}.` },
  locations: [locationOf(finding, fromRoot)],
});

function locationOf({ place, bus, rule, target }: Finding, fromRoot: (path: string) => string): object {
  const name = [bus.name, rule?.name, target?.Id].filter((part) => part !== undefined).join("/");
  const logicalLocations = [{ fullyQualifiedName: name, kind: "resource" }];
  if (place === undefined) return { logicalLocations };
  const { file, line, column } = place;
  const region =
    line === undefined ? {} : { region: { startLine: line, ...(column && { startColumn: column }) } };
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(fromRoot(file)) }, ...region },
    logicalLocations,
  };
}

/** A path as a relative reference: code scanning finds files by their path from the root of the repository. */
const uriOf = (path: string): string =>
  path.replaceAll("\\", "/").replace(/^\.\//, "").split("/").map(encodeURIComponent).join("/");
