import type { Branch } from "../parse/pattern.ts";
import { Exits } from "./exits.ts";
import { Literals } from "./literals.ts";
import { Paths } from "./paths.ts";
import { State } from "./state.ts";

/** Rules, entered one into the other, with the tables that their states share. */
export class Graph<R> {
  readonly paths: Paths;
  readonly root = new State<R>();
  readonly literals = new Literals();
  readonly exits = new Exits<State<R>>();
  /** How many steps have been made. */
  steps = 0;

  constructor(paths = new Paths()) {
    this.paths = paths;
  }

  add(branch: Branch, rule: R): void {
    this.exits.version++;
    this.root.add(branch, rule, this);
  }

  /** Takes a branch out again that was entered for this rule. */
  delete(branch: Branch, rule: R): void {
    this.exits.version++;
    this.root.delete(branch, rule, this);
  }
}
