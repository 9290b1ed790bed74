import type { Ora } from "ora";
import type { Screen } from "./screen.ts";
import type { World } from "./world.ts";

/** The one moving line, on stderr, at a terminal only. Elsewhere nothing is drawn and ora is not loaded. */
export function openProgress(world: World, screen: Screen): { show(text: string): void; hide(): void } {
  // What calls itself a terminal but cannot move its cursor is none to ora.
  const moves = typeof (world.stderr as Partial<NodeJS.WriteStream>).cursorTo === "function";
  if (!screen.lively || !moves) return { show() {}, hide() {} };
  let text = "";
  let spinner: Ora | undefined;
  let loading = false;
  const draw = () => {
    if (spinner === undefined) {
      if (!loading) {
        loading = true;
        void import("ora").then(({ default: ora }) => {
          spinner = ora({
            stream: world.stderr as NodeJS.WriteStream,
            discardStdin: false,
            hideCursor: false,
          });
          if (text) draw();
        });
      }
      return;
    }
    spinner.text = text;
    if (!spinner.isSpinning) spinner.start();
  };
  return {
    show(next) {
      text = next;
      if (text) draw();
      else spinner?.stop();
    },
    hide() {
      text = "";
      spinner?.stop();
    },
  };
}
