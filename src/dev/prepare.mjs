// Builds the package after an install: in a checkout, and where npm installs fog-lint straight from its git repository.
// npm gives a package installed with `--global` from git no devDependencies (npm/cli#8440), and pre-commit does just that:
// they are installed here first, locally and without their scripts.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const run = (command, args, env) => {
  // Standard output stays empty: pre-commit reads what `npm pack` prints there.
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env });
  if (status !== 0) process.exit(status ?? 1);
};

if (!existsSync('node_modules/esbuild')) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^npm_config_(global|location|prefix|omit)$/i.test(name),
  );
  const args = ['ci', '--global=false', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  run('npm', args, Object.fromEntries(inherited));
}
run(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'src/dev/commands.ts', 'build'], process.env);
