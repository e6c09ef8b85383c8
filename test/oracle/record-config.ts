import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerText, configCases, outputOf, REQUESTS } from './config-cases.js';

// Records docker compose's answers on fixtures/config: DOCKER_COMPOSE=docker-compose npx tsx test/oracle/record-config.ts
const binary = process.env['DOCKER_COMPOSE'] ?? 'docker-compose';
for (const { name, folder, files, options, environment } of configCases()) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'config-')));
  const copy = join(root, name);
  cpSync(folder, copy, { recursive: true });
  const answers = REQUESTS.map((request) => {
    const args = [...files.flatMap((file) => ['-f', file]), ...options, 'config', ...request];
    const env = { HOME: '/home/user', ...environment };
    const { status, stdout, error } = spawnSync(binary, args, { cwd: copy, env, encoding: 'utf8' });
    if (error) throw error;
    const path = outputOf(request);
    const written =
      path !== undefined && existsSync(join(copy, path)) ? readFileSync(join(copy, path), 'utf8') : undefined;
    if (path !== undefined) rmSync(join(copy, path), { force: true });
    return answerText(request, { code: status ?? -1, out: stdout, written }, copy);
  });
  writeFileSync(join(folder, 'expected.txt'), answers.join('\n'));
  rmSync(root, { recursive: true });
}
