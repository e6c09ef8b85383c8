#!/usr/bin/env node
import { loadProgram } from './program.js';

// The version is asked for by scripts again and again: nothing else is loaded for it.
const [, , first, ...others] = process.argv;
if (others.length === 0 && (first === '--version' || first === '-V')) process.stdout.write(`${FOG_LINT_VERSION}\n`);
else void loadProgram(__dirname).main(process.argv.slice(2));
