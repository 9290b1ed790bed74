// A server that takes events and throws them away. It prints its URL; GET answers how many have come, and starts anew.
import { createServer } from "node:http";

let events = 0;
const headers = { "content-type": "application/x-amz-json-1.1" };
const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    if (request.method === "GET") {
      response.end(String(events));
      events = 0;
      return;
    }
    const isPut = request.headers["x-amz-target"] === "AWSEvents.PutEvents";
    response.writeHead(200, headers);
    if (!isPut)
      return response.end('{"Name":"orders","Arn":"arn:aws:events:us-east-1:000000000000:event-bus/orders"}');
    const { Entries } = JSON.parse(Buffer.concat(chunks).toString());
    const ids = Entries.map(() => `{"EventId":"e-${events++}"}`);
    response.end(`{"FailedEntryCount":0,"Entries":[${ids.join(",")}]}`);
  });
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
