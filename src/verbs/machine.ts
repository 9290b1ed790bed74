import { plain, type Verbs } from "./verb.ts";

/** The emulator, and this machine. */
export const machineVerbs = {
  local: async (perform) => {
    const { localCommand } = await import("../commands/local/command.ts");
    const story = () => import("../commands/local/run.ts");
    const view = () => import("../commands/local/view.ts").then((m) => m.localView);
    return plain(
      localCommand(
        perform({ run: () => story().then((m) => m.runLocal), view }),
        perform({ run: () => story().then((m) => m.runLocalApply), view }),
        perform({ run: () => story().then((m) => m.runLocalExec), view }),
        perform({
          run: () => import("../commands/local/deliveries/run.ts").then((m) => m.runDeliveries),
          view: () => import("../commands/local/deliveries/view.ts").then((m) => m.deliveriesView),
        }),
      ),
    );
  },
  demo: async (perform) => {
    const { demoCommand } = await import("../commands/demo/command.ts");
    return plain(
      demoCommand(
        perform({
          run: () => import("../commands/demo/run.ts").then((m) => m.runDemo),
          view: () => import("../commands/demo/view.ts").then((m) => m.demoView),
        }),
      ),
    );
  },
  doctor: async (perform) => {
    const { doctorCommand } = await import("../commands/doctor/command.ts");
    return plain(
      doctorCommand(
        perform({
          run: () => import("../commands/doctor/run.ts").then((m) => m.runDoctor),
          view: () => import("../commands/doctor/view.ts").then((m) => m.doctorView),
        }),
      ),
    );
  },
  completion: async (perform) => {
    const { completionCommand } = await import("../commands/completion/command.ts");
    return plain(
      completionCommand(
        perform({
          run: () => import("../commands/completion/run.ts").then((m) => m.runCompletion),
          view: () => import("../commands/completion/view.ts").then((m) => m.completionView),
        }),
      ),
    );
  },
} satisfies Verbs;
