import { Command } from "@commander-js/extra-typings";
import { busFlag } from "../flags.ts";
import type { Perform } from "../perform.ts";

export interface DoctorOptions {
  readonly bus: string;
}

export function doctorCommand(run: Perform<DoctorOptions>) {
  return new Command("doctor")
    .summary("which account, region and permissions are in force, and what is missing")
    .description(
      "Says where calls go and why, whose the credentials are, and which permissions they have. Only reads; never shows a secret. Ends with 0 when nothing is missing, 1 when a permission or the bus is, 4 when AWS cannot be used at all.",
    )
    .addHelpText("before", examples)
    .addOption(busFlag())
    .action(({ bus }) => run({ bus }));
}

const examples = `Examples:
  evb doctor
  evb doctor -b orders --profile prod --region eu-west-1
  evb doctor --local
  evb doctor --json | jq 'select(.status != "ok")'
`;
