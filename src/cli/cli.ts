#!/usr/bin/env node
import { argv, stdout } from 'node:process';

// The version is asked for by scripts again and again: nothing else is loaded for it.
const [, , first, ...others] = argv;
if (others.length === 0 && (first === '--version' || first === '-V')) stdout.write(`${FOG_LINT_VERSION}\n`);
else await import('./main.js').then(({ main }) => main(argv.slice(2)));
