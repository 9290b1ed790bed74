/** The examples that users are given are tests themselves; here they run against the source. */
import "../../templates/examples/orders.test.ts";
import "../../templates/examples/routing.test.ts";
