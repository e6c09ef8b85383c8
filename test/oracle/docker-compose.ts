import { spawn, spawnSync } from 'node:child_process';
import { type Answer, answerOf } from './answer.js';
import { type Case, HOME } from './case.js';

/** A docker compose that can be asked: what to run, and what version it says it has. */
export type DockerCompose = { readonly command: readonly string[]; readonly version: string };

const versionOf = (command: readonly string[]): DockerCompose | undefined => {
  const [program = '', ...first] = command;
  const { status, stdout } = spawnSync(program, [...first, 'version', '--short'], { encoding: 'utf8' });
  return status === 0 ? { command, version: stdout.trim() } : undefined;
};

/** The docker compose that `DOCKER_COMPOSE` names, else the one on the PATH; no engine has to run. */
export const findDockerCompose = (): DockerCompose | undefined => {
  const named = process.env['DOCKER_COMPOSE'];
  if (named !== undefined && named !== '') return versionOf([named]);
  return versionOf(['docker', 'compose']) ?? versionOf(['docker-compose']);
};

/** The docker compose to judge by. Without one the process ends with a message: nothing may pass as compared. */
export const demandDockerCompose = (): DockerCompose => {
  const found = findDockerCompose();
  if (found) {
    process.stdout.write(`docker compose ${found.version} (${found.command.join(' ')})\n`);
    return found;
  }
  process.stderr.write('No docker compose to compare with: put one on the PATH, or name it in DOCKER_COMPOSE.\n');
  process.exit(2);
};

const each = (flag: string, values: readonly string[]): readonly string[] => values.flatMap((value) => [flag, value]);

/** The lines of standard error that are no log lines. */
const withoutLog = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !/^time=\S+ level=/.test(line))
    .join('\n');

/** How a run ended. */
type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

const ended = (
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    );
  });

/** What docker compose does when `config` is asked for something of a case. */
export const askCompose = (
  { folder, args }: Pick<Case, 'folder' | 'args'>,
  request: readonly string[],
  { command }: DockerCompose,
): Promise<Ended> => {
  const [program = '', ...first] = command;
  return ended(
    program,
    [
      ...first,
      ...each('-f', args.files),
      ...each('--env-file', args.envFiles),
      ...(args.projectDirectory === null ? [] : ['--project-directory', args.projectDirectory]),
      ...each('--profile', args.profiles),
      ...(args.projectName === null ? [] : ['-p', args.projectName]),
      ...(args.allResources ? ['--all-resources'] : []),
      'config',
      ...request,
      ...args.configFlags,
      ...args.services,
    ],
    folder,
    { PATH: '/usr/bin:/bin', HOME, ...args.env },
  );
};

/**
 * What docker compose says to a case. Its log lines, which carry the time, are left out. Where it crashes it refuses: there
 * is no project, and whoever wrote the file should hear of it.
 */
export const theirAnswer = async (one: Pick<Case, 'folder' | 'args'>, compose: DockerCompose): Promise<Answer> => {
  const { code, out, err } = await askCompose(one, ['--format', 'json'], compose);
  const text = withoutLog(err);
  if (code !== 2 || !text.startsWith('panic:')) return answerOf(code, out, text, one.folder);
  return { kind: 'refused', text: text.slice(0, text.indexOf('\n')) };
};
