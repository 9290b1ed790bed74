import { Option } from "@commander-js/extra-typings";

/** Where rules are read from. */
export interface RulesSource {
  readonly bus: string | undefined;
  readonly from: string | undefined;
  readonly parameters: ReadonlyMap<string, string> | undefined;
}

/** `-b, --bus`, without a default: a file may have several buses. */
export const oneBusFlag = () =>
  new Option("-b, --bus <name|arn>", "event bus (default: the default bus; with --from, all of the file)");

/** The source out of commander's flags. */
export const sourceOf = (flags: {
  readonly bus?: string | undefined;
  readonly from?: string | undefined;
  readonly parameter?: ReadonlyMap<string, string> | undefined;
}): RulesSource => ({ bus: flags.bus, from: flags.from, parameters: flags.parameter });
