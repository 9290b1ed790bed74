// A client that does no more than HTTP needs: on a small machine it must not take the time of what is measured. Requests
// are made into bytes beforehand, a connection has one at a time and is kept as long as the server keeps it.
import { connect } from "node:net";

const services = { AWSEvents: ["events", "1.1"], AmazonSQS: ["sqs", "1.0"] };

/** A request in AWS JSON. Nobody here looks at the signature, but some look at its scope. */
function requestBytes(port, target, input) {
  const body = JSON.stringify(input);
  const [service, version] = services[target.slice(0, target.indexOf("."))];
  const head = [
    "POST / HTTP/1.1",
    `Host: 127.0.0.1:${port}`,
    `Content-Type: application/x-amz-json-${version}`,
    `X-Amz-Target: ${target}`,
    `Authorization: AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}

/** So many connections to one server. */
export function openPool(port, size = 8) {
  const connections = Array.from({ length: size }, () => new Connection(port));
  const request = (target, input) => requestBytes(port, target, input);
  return {
    request,
    call: async (target, input) => parse(await connections[0].send(request(target, input))),
    /** Each connection repeats an action, which gets what sends a request, until the time is over. */
    async repeat(action, seconds) {
      const began = performance.now();
      let done = 0;
      const work = async (connection) => {
        while (performance.now() - began < seconds * 1000) {
          await action((bytes) => connection.send(bytes));
          done++;
        }
      };
      await Promise.all(connections.map(work));
      return { done, seconds: (performance.now() - began) / 1000 };
    },
    /** The same so many times. */
    async times(count, action) {
      let at = 0;
      const work = async (connection) => {
        while (at < count) await action((bytes) => connection.send(bytes), at++);
      };
      await Promise.all(connections.map(work));
    },
    end() {
      for (const connection of connections) connection.end();
    },
  };
}

export const parse = (body) => (body.length === 0 ? {} : JSON.parse(body.toString()));

class Connection {
  #port;
  #socket;
  #got = Buffer.alloc(0);
  #waiting;

  constructor(port) {
    this.#port = port;
  }

  /** Resolves with the body of the answer; rejects for any status but 200. */
  send(bytes) {
    this.#socket ??= this.#open();
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(bytes);
    });
  }

  end() {
    this.#socket?.destroy();
  }

  #open() {
    const socket = connect({ port: this.#port, host: "127.0.0.1", noDelay: true });
    const lost = (error) => {
      if (this.#socket === socket) this.#socket = undefined;
      const waiting = this.#waiting;
      this.#waiting = undefined;
      waiting?.reject(error ?? new Error("the server hung up"));
    };
    socket.on("error", lost).on("close", () => {
      if (this.#socket === socket) lost();
    });
    socket.on("data", (data) => this.#read(data));
    return socket;
  }

  #read(data) {
    this.#got = this.#got.length === 0 ? data : Buffer.concat([this.#got, data]);
    const end = this.#got.indexOf("\r\n\r\n");
    if (end < 0) return;
    const head = this.#got.latin1Slice(0, end);
    const length = /^content-length: *(\d+)/im.exec(head)?.[1];
    if (length === undefined) throw new Error(`an answer without a length: ${head}`);
    if (this.#got.length < end + 4 + Number(length)) return;
    const body = this.#got.subarray(end + 4);
    this.#got = Buffer.alloc(0);
    if (/^connection: *close/im.test(head)) {
      this.#socket.destroy();
      this.#socket = undefined;
    }
    const { resolve, reject } = this.#waiting;
    this.#waiting = undefined;
    if (head.startsWith("HTTP/1.1 200")) resolve(body);
    else reject(new Error(`${head.split("\r\n")[0]}: ${body}`));
  }
}
