import { makeWorld, type Outcome, runIn, type TestWorld } from "../../world.ts";

export interface Running extends AsyncDisposable {
  readonly url: string;
  readonly world: TestWorld;
  /** `evb …` against it. */
  evb(...argv: readonly string[]): Promise<Outcome>;
  /** Waits until stderr has this text. */
  told(text: string): Promise<void>;
  /** As Ctrl-C would; gives how it ended. */
  stop(signal?: "SIGINT" | "SIGTERM"): Promise<Outcome>;
}

/** `evb local --port 0 …` in this process, once it listens. */
export async function openEvbLocal(...argv: readonly string[]): Promise<Running> {
  const world = makeWorld(["local", "--port", "0", ...argv]);
  const ended = runIn(world);
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const told = async (text: string) => {
    for (
      const end = Date.now() + 10_000;
      !world.err().includes(text);
      await new Promise((go) => setTimeout(go, 5))
    )
      if (over || Date.now() > end) throw new Error(`it does not say ${text}:\n${world.err()}`);
  };
  await told("Ctrl-C ends it");
  const url = /http:\/\/[\w.:]+/.exec(world.err())![0];
  const stop = (signal: "SIGINT" | "SIGTERM" = "SIGINT") => {
    if (!over) world.signal(signal);
    return ended;
  };
  return {
    url,
    world,
    told,
    stop,
    evb: (...args) => runIn(makeWorld([...args, "--local"], { env: { EVB_LOCAL_URL: url } })),
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}
