#!/usr/bin/env node
// The version is asked for by scripts again and again: nothing else is loaded for it.
const [, , first, ...others] = process.argv;
if (others.length === 0 && (first === '--version' || first === '-V')) process.stdout.write(`${FOG_LINT_VERSION}\n`);
else {
  // Most runs are over before it pays to have V8 optimise what is called a few times, which takes a fifth of a short run. Nine
  // times as much is interpreted before it does; long runs get there, too. The V8 of Node 22 does not know the flag.
  if (process.versions.v8.startsWith('11.3.'))
    process.getBuiltinModule('node:v8').setFlagsFromString('--interrupt-budget=600000');
  const { main } = await import('./main.js');
  await main(process.argv.slice(2));
}
