import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/**
 * What steers a terminal: a colour that fog-lint never uses, a return, the same colour behind a C1 control, an override and an
 * isolate of direction, a bell, a delete, a separator of lines.
 */
const CONTROLS = '\u001b[35m\r\u009b35m\u202e\u2066\u0007\u007f\u2028';

/** The same, and a line that the runner of GitHub Actions would take for a command. */
export const EVIL = `x${CONTROLS}\n::forged::x`;

/** A text in double quotes, as YAML has it. */
const yaml = (text: string): string =>
  `"${[...text].map((char) => (/[\w :./-]/.test(char) ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)).join('')}"`;

const NAME = yaml(EVIL);

/** A service whose every text is hostile; docker compose accepts it. */
const service = (image: string): string => `
    image: ${yaml(image)}
    profiles: [default, ${NAME}]
    container_name: web
    command: [${NAME}, "${'${TEXT:-d}'}"]
    environment:
      ${yaml(`KEY${CONTROLS}`)}: ${NAME}
      PASSWORD: ${yaml(`s3cr3t${CONTROLS}word`)}
      OTHER:
      FROM_ENV: "${'${TEXT}'} ${'${MISSING:-'}${yaml('\u001b[35m\u009b\u202e').slice(1, -1)}${'}'}"
    labels:
      ${NAME}: ${NAME}
    env_file:
      - path: ${yaml(`./${EVIL}.env`)}
      - path: ${yaml(`./missing-${EVIL}.env`)}
        required: false
    volumes:
      - ${yaml(`./${EVIL.replaceAll(':', '')}:/data/${EVIL.replaceAll(':', '')}`)}
      - data:/var/lib
    ports: ["8080:80", "8080:81"]
    networks: [net]
    x-${'a'}: ${NAME}`;

/** A set of files with such names everywhere; by their names, as they can stand on the disk of a Linux machine. */
export const EVIL_FILES: Readonly<Record<string, string>> = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.env': `TEXT="${CONTROLS.replace('\r', '\\r')}"\nDOUBLE=1\nDOUBLE=2\n`,
  [`${EVIL}.env`]: `LOADED='${CONTROLS}'\nLOADED=again\n`,
  'docker-compose.yml': `version: ${NAME}
name: evil
services:
  web:${service(`example/${EVIL}:latest`)}
  api:
    extends: {file: ${yaml(`common-${EVIL}.yml`)}, service: api}
    depends_on: [web]
volumes:
  data: {name: ${NAME}}
  unused: {name: ${NAME}}
networks:
  net: {name: ${NAME}}
x-anchors: &${'a'} {${NAME}: ${NAME}}
`,
  [`common-${EVIL}.yml`]: `services:\n  api:${service(`example/api-${EVIL}`)}\n`,
  'docker-compose.dev.yml': `services:\n  web:\n    build: {context: ${NAME}, target: ${NAME}}\n    ports: ["9000:80"]\n`,
  [`docker-compose.prod-x${CONTROLS}.yml`]: `services:\n  web:${service(`example/${EVIL}:2`)}\n  api: {image: ${NAME}, restart: always}\n`,
  'fog-lint.yaml': `stacks:\n  ${NAME}: [docker-compose.yml, docker-compose.dev.yml]\n  prod: [docker-compose.yml, ${yaml(`docker-compose.prod-x${CONTROLS}.yml`)}]\n  base: [docker-compose.yml]\n`,
};

/** Files that docker compose refuses, and settings that fog-lint refuses. */
export const REFUSED_FILES: Readonly<Record<string, string>> = {
  [`a-${EVIL}.yml`]: `services:\n  ${NAME}:\n    image: ${NAME}\n    ${NAME}: 1\n    ports: [${NAME}]\n    env_file: ${NAME}\n    extends: {file: ${NAME}, service: ${NAME}}\nvolumes: {${NAME}: {}}\nnetworks: {${NAME}: {}}\ninclude: [${NAME}]\n`,
  [`b-${EVIL}.yml`]: `services: {a: *${'b'}, c: "\u0007"}\n`,
  [`settings-${EVIL}.yaml`]: `rules: {${NAME}: ${NAME}}\n${NAME}: 1\n`,
  [`baseline-${EVIL}.json`]: '{',
};

/** The files in a folder of the disk that has such a name itself. */
export const onDisk = (files: Readonly<Record<string, string>>): string => {
  const top = mkdtempSync(join(tmpdir(), 'fog-lint-evil-'));
  onTestFinished(() => rmSync(top, { recursive: true }));
  const folder = join(top, EVIL);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
};
