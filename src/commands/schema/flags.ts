import { Option } from "@commander-js/extra-typings";

export const registryFlag = () => new Option("--registry <name>", "only this registry (default: all)");

/** As the AWS CLI calls it; `--version` is the program's own, anywhere. */
export const versionFlag = () =>
  new Option("--schema-version <number>", "a version of the schema (default: the latest)");
