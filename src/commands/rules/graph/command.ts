import { Command, Option } from "@commander-js/extra-typings";
import { fromFlag, parameterFlag } from "../../flags.ts";
import type { Perform } from "../../perform.ts";
import { oneBusFlag, type RulesSource, sourceOf } from "../flags.ts";

export const graphFormats = ["mermaid", "dot", "svg", "html"] as const;

export interface GraphOptions extends RulesSource {
  readonly format: (typeof graphFormats)[number];
}

export const graphCommand = (run: Perform<GraphOptions>) =>
  new Command("graph")
    .summary("buses, rules, targets and dead-letter queues as a picture")
    .description(
      "Draws what events go through: as text for Mermaid or Graphviz, as SVG, or as one HTML page that has the rules in words beside the picture and loads nothing from anywhere.",
    )
    .addHelpText("before", examples)
    .addOption(oneBusFlag())
    .addOption(fromFlag())
    .addOption(parameterFlag())
    .addOption(
      new Option("--format <format>", "form of the picture")
        .choices(graphFormats)
        .default("mermaid" as const),
    )
    .action((flags) => run({ ...sourceOf(flags), format: flags.format }));

const examples = `Examples:
  evb rules graph --from template.yaml
  evb rules graph -b orders --format svg > orders.svg
  evb rules graph -b orders --format html > orders.html
  evb rules graph --from cdk.out --format dot | dot -Tpdf > buses.pdf
`;
