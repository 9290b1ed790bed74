import { plain, type Verbs } from "./verb.ts";

/** Where events go. */
export const routingVerbs = {
  route: async (perform) => {
    const { routeCommand } = await import("../commands/route/command.ts");
    return plain(
      routeCommand(
        perform({
          run: () => import("../commands/route/run.ts").then((m) => m.runRoute),
          view: () => import("../commands/route/view.ts").then((m) => m.routeView),
        }),
      ),
    );
  },
  test: async (perform) => {
    const { testCommand } = await import("../commands/test/command.ts");
    return plain(
      testCommand(
        perform({
          run: () => import("../commands/test/run.ts").then((m) => m.runTest),
          view: () => import("../commands/test/view.ts").then((m) => m.testView),
        }),
      ),
    );
  },
  init: async (perform) => {
    const { initCommand } = await import("../commands/init/command.ts");
    return plain(
      initCommand(
        perform({
          run: () => import("../commands/init/run.ts").then((m) => m.runInit),
          view: () => import("../commands/init/view.ts").then((m) => m.initView),
        }),
      ),
    );
  },
  transform: async (perform) => {
    const { transformCommand } = await import("../commands/transform/command.ts");
    return plain(
      transformCommand(
        perform({
          run: () => import("../commands/transform/run.ts").then((m) => m.runTransform),
          view: () => import("../commands/transform/view.ts").then((m) => m.transformView),
        }),
      ),
    );
  },
  rules: async (perform) => {
    const { rulesCommand } = await import("../commands/rules/command.ts");
    return plain(
      rulesCommand({
        ls: perform({
          run: () => import("../commands/rules/ls/run.ts").then((m) => m.runLs),
          view: () => import("../commands/rules/ls/view.ts").then((m) => m.lsView),
        }),
        show: perform({
          run: () => import("../commands/rules/show/run.ts").then((m) => m.runShow),
          view: () => import("../commands/rules/show/view.ts").then((m) => m.showView),
        }),
        lint: perform({
          run: () => import("../commands/rules/lint/run.ts").then((m) => m.runLint),
          view: () => import("../commands/rules/lint/view.ts").then((m) => m.lintView),
        }),
        export: perform({
          run: () => import("../commands/rules/export/run.ts").then((m) => m.runExport),
          view: () => import("../commands/rules/export/view.ts").then((m) => m.exportView),
        }),
        graph: perform({
          run: () => import("../commands/rules/graph/run.ts").then((m) => m.runGraph),
          view: () => import("../commands/rules/graph/view.ts").then((m) => m.graphView),
        }),
        usages: perform({
          run: () => import("../commands/rules/usages/run.ts").then((m) => m.runUsages),
          view: () => import("../commands/rules/usages/view.ts").then((m) => m.usagesView),
        }),
        newPattern: perform({
          run: () => import("../commands/rules/new-pattern/run.ts").then((m) => m.runNewPattern),
          view: () => import("../commands/rules/new-pattern/view.ts").then((m) => m.newPatternView),
        }),
      }),
    );
  },
} satisfies Verbs;
