import type { Template } from "../../core/event/template/parse.ts";
import { Exit } from "../../core/exit.ts";
import type { Run } from "../perform.ts";
import type { ShowOptions } from "./command.ts";
import { type Example, openTemplate, renderExample } from "./open.ts";

export interface ShowHappening {
  readonly template: Template;
  readonly example?: Example;
}

export const runShow: Run<ShowOptions, ShowHappening> = async function* ({ template: name, render }, stage) {
  const template = await openTemplate(stage.world, name);
  yield { template, ...(render ? { example: await renderExample(stage.world, template) } : {}) };
  return Exit.done;
};
