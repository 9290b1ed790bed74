import type { Command } from "@commander-js/extra-typings";
import type { Perform, Story } from "./commands/perform.ts";

type MakePerform = <O, H>(story: Story<O, H>) => Perform<O>;

/** The verbs, in the order of `--help`. Each loads its flags, and then its story, only when it is needed. */
export const verbs: Readonly<Record<string, (perform: MakePerform) => Promise<Command>>> = {
  put: async (perform) => {
    const { putCommand } = await import("./commands/put/command.ts");
    return plain(
      putCommand(
        perform({
          run: () => import("./commands/put/run.ts").then((m) => m.runPut),
          view: () => import("./commands/put/view.ts").then((m) => m.putView),
        }),
      ),
    );
  },
  "test-pattern": async (perform) => {
    const { testPatternCommand } = await import("./commands/test-pattern/command.ts");
    return plain(
      testPatternCommand(
        perform({
          run: () => import("./commands/test-pattern/run.ts").then((m) => m.runTestPattern),
          view: () => import("./commands/test-pattern/view.ts").then((m) => m.testPatternView),
        }),
      ),
    );
  },
  route: async (perform) => {
    const { routeCommand } = await import("./commands/route/command.ts");
    return plain(
      routeCommand(
        perform({
          run: () => import("./commands/route/run.ts").then((m) => m.runRoute),
          view: () => import("./commands/route/view.ts").then((m) => m.routeView),
        }),
      ),
    );
  },
  test: async (perform) => {
    const { testCommand } = await import("./commands/test/command.ts");
    return plain(
      testCommand(
        perform({
          run: () => import("./commands/test/run.ts").then((m) => m.runTest),
          view: () => import("./commands/test/view.ts").then((m) => m.testView),
        }),
      ),
    );
  },
  init: async (perform) => {
    const { initCommand } = await import("./commands/init/command.ts");
    return plain(
      initCommand(
        perform({
          run: () => import("./commands/init/run.ts").then((m) => m.runInit),
          view: () => import("./commands/init/view.ts").then((m) => m.initView),
        }),
      ),
    );
  },
  transform: async (perform) => {
    const { transformCommand } = await import("./commands/transform/command.ts");
    return plain(
      transformCommand(
        perform({
          run: () => import("./commands/transform/run.ts").then((m) => m.runTransform),
          view: () => import("./commands/transform/view.ts").then((m) => m.transformView),
        }),
      ),
    );
  },
  rules: async (perform) => {
    const { rulesCommand } = await import("./commands/rules/command.ts");
    return plain(
      rulesCommand({
        ls: perform({
          run: () => import("./commands/rules/ls/run.ts").then((m) => m.runLs),
          view: () => import("./commands/rules/ls/view.ts").then((m) => m.lsView),
        }),
        show: perform({
          run: () => import("./commands/rules/show/run.ts").then((m) => m.runShow),
          view: () => import("./commands/rules/show/view.ts").then((m) => m.showView),
        }),
        lint: perform({
          run: () => import("./commands/rules/lint/run.ts").then((m) => m.runLint),
          view: () => import("./commands/rules/lint/view.ts").then((m) => m.lintView),
        }),
        export: perform({
          run: () => import("./commands/rules/export/run.ts").then((m) => m.runExport),
          view: () => import("./commands/rules/export/view.ts").then((m) => m.exportView),
        }),
        graph: perform({
          run: () => import("./commands/rules/graph/run.ts").then((m) => m.runGraph),
          view: () => import("./commands/rules/graph/view.ts").then((m) => m.graphView),
        }),
        usages: perform({
          run: () => import("./commands/rules/usages/run.ts").then((m) => m.runUsages),
          view: () => import("./commands/rules/usages/view.ts").then((m) => m.usagesView),
        }),
      }),
    );
  },
  dlq: async (perform) => {
    const { dlqCommand } = await import("./commands/dlq/command.ts");
    return plain(
      dlqCommand({
        ls: perform({
          run: () => import("./commands/dlq/ls/run.ts").then((m) => m.runLs),
          view: () => import("./commands/dlq/ls/view.ts").then((m) => m.lsView),
        }),
        peek: perform({
          run: () => import("./commands/dlq/peek/run.ts").then((m) => m.runPeek),
          view: () => import("./commands/dlq/peek/view.ts").then((m) => m.peekView),
        }),
        drain: perform({
          run: () => import("./commands/dlq/drain/run.ts").then((m) => m.runDrain),
          view: () => import("./commands/dlq/drain/view.ts").then((m) => m.drainView),
        }),
        restore: perform({
          run: () => import("./commands/dlq/restore/run.ts").then((m) => m.runRestore),
          view: () => import("./commands/dlq/restore/view.ts").then((m) => m.restoreView),
        }),
        redrive: perform({
          run: () => import("./commands/dlq/redrive/run.ts").then((m) => m.runRedrive),
          view: () => import("./commands/dlq/redrive/view.ts").then((m) => m.redriveView),
        }),
      }),
    );
  },
  tail: async (perform) => {
    const { tailCommand } = await import("./commands/tail/command.ts");
    return plain(
      tailCommand(
        perform({
          run: () => import("./commands/tail/run.ts").then((m) => m.runTail),
          view: () => import("./commands/tail/view.ts").then((m) => m.tailView),
        }),
      ),
    );
  },
  gc: async (perform) => {
    const { gcCommand } = await import("./commands/gc/command.ts");
    return plain(
      gcCommand(
        perform({
          run: () => import("./commands/gc/run.ts").then((m) => m.runGc),
          view: () => import("./commands/gc/view.ts").then((m) => m.gcView),
        }),
      ),
    );
  },
  replay: async (perform) => {
    const { replayCommand } = await import("./commands/replay/command.ts");
    const view = () => import("./commands/replay/view.ts").then((m) => m.replayView);
    const status = () => import("./commands/replay/status.ts");
    return plain(
      replayCommand({
        ls: perform({ run: () => import("./commands/replay/ls.ts").then((m) => m.runLs), view }),
        start: perform({ run: () => import("./commands/replay/start.ts").then((m) => m.runStart), view }),
        status: perform({ run: () => status().then((m) => m.runStatus), view }),
        cancel: perform({ run: () => status().then((m) => m.runCancel), view }),
      }),
    );
  },
  schema: async (perform) => {
    const { schemaCommand } = await import("./commands/schema/command.ts");
    return plain(
      schemaCommand({
        ls: perform({
          run: () => import("./commands/schema/ls/run.ts").then((m) => m.runLs),
          view: () => import("./commands/schema/ls/view.ts").then((m) => m.lsView),
        }),
        search: perform({
          run: () => import("./commands/schema/search/run.ts").then((m) => m.runSearch),
          view: () => import("./commands/schema/search/view.ts").then((m) => m.searchView),
        }),
        show: perform({
          run: () => import("./commands/schema/show/run.ts").then((m) => m.runShow),
          view: () => import("./commands/schema/show/view.ts").then((m) => m.showView),
        }),
        validate: perform({
          run: () => import("./commands/schema/validate/run.ts").then((m) => m.runValidate),
          view: () => import("./commands/schema/validate/view.ts").then((m) => m.validateView),
        }),
        generate: perform({
          run: () => import("./commands/schema/generate/run.ts").then((m) => m.runGenerate),
          view: () => import("./commands/schema/generate/view.ts").then((m) => m.generateView),
        }),
      }),
    );
  },
  template: async (perform) => {
    const { templateCommand } = await import("./commands/template/command.ts");
    const view = () => import("./commands/template/view.ts");
    return plain(
      templateCommand({
        ls: perform({
          run: () => import("./commands/template/ls.ts").then((m) => m.runLs),
          view: () => view().then((m) => m.lsView),
        }),
        show: perform({
          run: () => import("./commands/template/show.ts").then((m) => m.runShow),
          view: () => view().then((m) => m.showView),
        }),
        check: perform({
          run: () => import("./commands/template/check.ts").then((m) => m.runCheck),
          view: () => view().then((m) => m.checkView),
        }),
        make: perform({
          run: () => import("./commands/template/new.ts").then((m) => m.runNew),
          view: () => view().then((m) => m.newView),
        }),
      }),
    );
  },
  local: async (perform) => {
    const { localCommand } = await import("./commands/local/command.ts");
    const story = () => import("./commands/local/run.ts");
    const view = () => import("./commands/local/view.ts").then((m) => m.localView);
    return plain(
      localCommand(
        perform({ run: () => story().then((m) => m.runLocal), view }),
        perform({ run: () => story().then((m) => m.runLocalApply), view }),
        perform({ run: () => story().then((m) => m.runLocalExec), view }),
        perform({
          run: () => import("./commands/local/deliveries/run.ts").then((m) => m.runDeliveries),
          view: () => import("./commands/local/deliveries/view.ts").then((m) => m.deliveriesView),
        }),
      ),
    );
  },
  demo: async (perform) => {
    const { demoCommand } = await import("./commands/demo/command.ts");
    return plain(
      demoCommand(
        perform({
          run: () => import("./commands/demo/run.ts").then((m) => m.runDemo),
          view: () => import("./commands/demo/view.ts").then((m) => m.demoView),
        }),
      ),
    );
  },
  doctor: async (perform) => {
    const { doctorCommand } = await import("./commands/doctor/command.ts");
    return plain(
      doctorCommand(
        perform({
          run: () => import("./commands/doctor/run.ts").then((m) => m.runDoctor),
          view: () => import("./commands/doctor/view.ts").then((m) => m.doctorView),
        }),
      ),
    );
  },
  completion: async (perform) => {
    const { completionCommand } = await import("./commands/completion/command.ts");
    return plain(
      completionCommand(
        perform({
          run: () => import("./commands/completion/run.ts").then((m) => m.runCompletion),
          view: () => import("./commands/completion/view.ts").then((m) => m.completionView),
        }),
      ),
    );
  },
};

/** For machines: in no help and in no completion. */
export const hiddenVerbs: typeof verbs = {
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

/** commander's types hold every flag of a command; the table takes any command. */
const plain = (command: unknown): Command => command as Command;
