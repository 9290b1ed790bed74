import { Option } from "@commander-js/extra-typings";

export const registryFlag = () => new Option("--registry <name>", "only this registry (default: all)");
