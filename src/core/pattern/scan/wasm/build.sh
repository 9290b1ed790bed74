#!/bin/sh
# Builds walk.c into binary.ts. Needs clang and wasm-ld, version 16 or later, and node.
set -e
cd "$(dirname "$0")"
wasm=$(mktemp)
"${CLANG:-clang-16}" --target=wasm32 -O3 -msimd128 -mbulk-memory -nostdlib -ffreestanding -Wall -Wl,--no-entry \
  -Wl,--strip-all -Wl,-z,stack-size=1024 -o "$wasm" walk.c
node - "$wasm" > binary.ts <<'END'
const base64 = require("node:fs").readFileSync(process.argv[2]).toString("base64");
console.log("/** What walk.c is built to, by build.sh; base64. */");
console.log(`export const binary =\n  "${base64}";`);
END
rm "$wasm"
