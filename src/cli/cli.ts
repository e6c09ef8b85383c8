#!/usr/bin/env node
import { loadProgram } from './program.js';

// The version is asked for by scripts again and again: nothing else is loaded for it.
const [, , first, ...others] = process.argv;
if (others.length === 0 && (first === '--version' || first === '-V')) process.stdout.write(`${FOG_LINT_VERSION}\n`);
else {
  const program = loadProgram(__dirname, first === 'config' ? 'config' : 'main');
  // All is written when a command ends: there is nothing to wait for.
  void program.main(process.argv.slice(2)).then(() => process.exit());
}
