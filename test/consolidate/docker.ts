import { spawnSync } from 'node:child_process';

const CANDIDATES: readonly (readonly string[])[] = [
  ...(process.env['DOCKER_COMPOSE'] ? [[process.env['DOCKER_COMPOSE']]] : []),
  ['docker', 'compose'],
  ['docker-compose'],
];

/** How the real docker compose is called here, `DOCKER_COMPOSE` first; undefined where there is none. */
export const dockerCompose: readonly string[] | undefined = CANDIDATES.find(
  ([program = '', ...first]) => spawnSync(program, [...first, 'version']).status === 0,
);
