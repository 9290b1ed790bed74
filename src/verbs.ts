import { accountVerbs } from "./verbs/account.ts";
import { catalogueVerbs } from "./verbs/catalogue.ts";
import { eventsVerbs } from "./verbs/events.ts";
import { machineVerbs } from "./verbs/machine.ts";
import { routingVerbs } from "./verbs/routing.ts";
import { plain, type Verbs } from "./verbs/verb.ts";

/** The verbs, in the order of `--help`; a family of them a file. */
export const verbs: Verbs = {
  ...eventsVerbs,
  ...routingVerbs,
  ...accountVerbs,
  ...catalogueVerbs,
  ...machineVerbs,
};

/** For machines: in no help and in no completion. */
export const hiddenVerbs: Verbs = {
  __complete: async (perform) => {
    const { completeCommand } = await import("./commands/complete/command.ts");
    const tree = Object.fromEntries(
      Object.entries(verbs).map(([name, open]) => [name, () => open(() => async () => {})]),
    );
    return plain(
      completeCommand(
        perform({
          run: () => import("./commands/complete/run.ts").then((m) => m.runComplete),
          view: () => import("./commands/complete/view.ts").then((m) => m.completeView),
        }),
        tree,
      ),
    );
  },
};
