#!/usr/bin/env node
// The version is asked for by scripts again and again: nothing else is loaded for it.
const [, , first, ...others] = process.argv;
if (others.length === 0 && (first === '--version' || first === '-V')) process.stdout.write(`${FOG_LINT_VERSION}\n`);
else await import('./main.js').then(({ main }) => main(process.argv.slice(2)));
