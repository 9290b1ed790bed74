// usage: node emulator.mjs RULES: an emulator whose buses may have so many rules.
import { startLocal } from "../../../dist/index.js";

const local = await startLocal({ lenient: true, rulesPerBus: Number(process.argv[2]) });
console.log(JSON.stringify({ url: local.url }));
