/** Why something that a person gave will not do: a sentence without a full stop. */
export class Fault {
  readonly sentence: string;

  constructor(sentence: string) {
    this.sentence = sentence;
  }
}
