import type { Screen } from "../shell/screen.ts";
import type { World } from "../shell/world.ts";
import type { Connection } from "./connect.ts";
import type { GlobalOptions } from "./flags.ts";

/** What every run gets beside its own options. */
export interface Stage {
  readonly world: World;
  readonly screen: Screen;
  readonly global: GlobalOptions;
  /** May ask a person: stdin and stdout are terminals and `--no-input` was not given. */
  readonly mayAsk: boolean;
  /** Opens AWS or the emulator; nothing is loaded and nothing is sent before a client is asked for. */
  connect(): Promise<Connection>;
  /** Runs another command line of this program, in a world of the caller's making; resolves to its exit code. */
  evb(world: World): Promise<number>;
}
