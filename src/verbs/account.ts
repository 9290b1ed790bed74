import { plain, type Verbs } from "./verb.ts";

/** What passes through deployed buses, and what was left. */
export const accountVerbs = {
  dlq: async (perform) => {
    const { dlqCommand } = await import("../commands/dlq/command.ts");
    return plain(
      dlqCommand({
        ls: perform({
          run: () => import("../commands/dlq/ls/run.ts").then((m) => m.runLs),
          view: () => import("../commands/dlq/ls/view.ts").then((m) => m.lsView),
        }),
        peek: perform({
          run: () => import("../commands/dlq/peek/run.ts").then((m) => m.runPeek),
          view: () => import("../commands/dlq/peek/view.ts").then((m) => m.peekView),
        }),
        drain: perform({
          run: () => import("../commands/dlq/drain/run.ts").then((m) => m.runDrain),
          view: () => import("../commands/dlq/drain/view.ts").then((m) => m.drainView),
        }),
        restore: perform({
          run: () => import("../commands/dlq/restore/run.ts").then((m) => m.runRestore),
          view: () => import("../commands/dlq/restore/view.ts").then((m) => m.restoreView),
        }),
        redrive: perform({
          run: () => import("../commands/dlq/redrive/run.ts").then((m) => m.runRedrive),
          view: () => import("../commands/dlq/redrive/view.ts").then((m) => m.redriveView),
        }),
      }),
    );
  },
  tail: async (perform) => {
    const { tailCommand } = await import("../commands/tail/command.ts");
    return plain(
      tailCommand(
        perform({
          run: () => import("../commands/tail/run.ts").then((m) => m.runTail),
          view: () => import("../commands/tail/view.ts").then((m) => m.tailView),
        }),
      ),
    );
  },
  gc: async (perform) => {
    const { gcCommand } = await import("../commands/gc/command.ts");
    return plain(
      gcCommand(
        perform({
          run: () => import("../commands/gc/run.ts").then((m) => m.runGc),
          view: () => import("../commands/gc/view.ts").then((m) => m.gcView),
        }),
      ),
    );
  },
  replay: async (perform) => {
    const { replayCommand } = await import("../commands/replay/command.ts");
    const view = () => import("../commands/replay/view.ts").then((m) => m.replayView);
    const status = () => import("../commands/replay/status.ts");
    return plain(
      replayCommand({
        ls: perform({ run: () => import("../commands/replay/ls.ts").then((m) => m.runLs), view }),
        start: perform({ run: () => import("../commands/replay/start.ts").then((m) => m.runStart), view }),
        status: perform({ run: () => status().then((m) => m.runStatus), view }),
        cancel: perform({ run: () => status().then((m) => m.runCancel), view }),
      }),
    );
  },
} satisfies Verbs;
