#!/usr/bin/env node
"use strict";
const { start } = require("../dist/cli/load.cjs");

start(process).then((code) => {
  process.exitCode = code;
});
