import { plain, type Verbs } from "./verb.ts";

/** What events look like. */
export const catalogueVerbs = {
  schema: async (perform) => {
    const { schemaCommand } = await import("../commands/schema/command.ts");
    return plain(
      schemaCommand({
        ls: perform({
          run: () => import("../commands/schema/ls/run.ts").then((m) => m.runLs),
          view: () => import("../commands/schema/ls/view.ts").then((m) => m.lsView),
        }),
        search: perform({
          run: () => import("../commands/schema/search/run.ts").then((m) => m.runSearch),
          view: () => import("../commands/schema/search/view.ts").then((m) => m.searchView),
        }),
        show: perform({
          run: () => import("../commands/schema/show/run.ts").then((m) => m.runShow),
          view: () => import("../commands/schema/show/view.ts").then((m) => m.showView),
        }),
        validate: perform({
          run: () => import("../commands/schema/validate/run.ts").then((m) => m.runValidate),
          view: () => import("../commands/schema/validate/view.ts").then((m) => m.validateView),
        }),
        generate: perform({
          run: () => import("../commands/schema/generate/run.ts").then((m) => m.runGenerate),
          view: () => import("../commands/schema/generate/view.ts").then((m) => m.generateView),
        }),
      }),
    );
  },
  template: async (perform) => {
    const { templateCommand } = await import("../commands/template/command.ts");
    const view = () => import("../commands/template/view.ts");
    return plain(
      templateCommand({
        ls: perform({
          run: () => import("../commands/template/ls.ts").then((m) => m.runLs),
          view: () => view().then((m) => m.lsView),
        }),
        show: perform({
          run: () => import("../commands/template/show.ts").then((m) => m.runShow),
          view: () => view().then((m) => m.showView),
        }),
        check: perform({
          run: () => import("../commands/template/check.ts").then((m) => m.runCheck),
          view: () => view().then((m) => m.checkView),
        }),
        make: perform({
          run: () => import("../commands/template/new.ts").then((m) => m.runNew),
          view: () => view().then((m) => m.newView),
        }),
      }),
    );
  },
} satisfies Verbs;
