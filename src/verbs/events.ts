import { plain, type Verbs } from "./verb.ts";

/** Publishing, and asking patterns. */
export const eventsVerbs = {
  put: async (perform) => {
    const { putCommand } = await import("../commands/put/command.ts");
    return plain(
      putCommand(
        perform({
          run: () => import("../commands/put/run.ts").then((m) => m.runPut),
          view: () => import("../commands/put/view.ts").then((m) => m.putView),
        }),
      ),
    );
  },
  "test-pattern": async (perform) => {
    const { testPatternCommand } = await import("../commands/test-pattern/command.ts");
    return plain(
      testPatternCommand(
        perform({
          run: () => import("../commands/test-pattern/run.ts").then((m) => m.runTestPattern),
          view: () => import("../commands/test-pattern/view.ts").then((m) => m.testPatternView),
        }),
      ),
    );
  },
} satisfies Verbs;
