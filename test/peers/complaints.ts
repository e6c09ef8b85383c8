import { type Row, SELF_CHECKING, WEB } from './row.js';

/** What users of Compose and of peers complain about, as far as a rule can answer. */
export const COMPLAINTS: readonly Row[] = [
  {
    entry: '1, 2, 3, 4',
    name: 'files that share services and drift apart',
    files: {
      'docker-compose.cpu.yml':
        'services:\n  api:\n    image: example/api:1.4\n    command: serve\n  db:\n    image: postgres:16.4\n',
      'docker-compose.gpu.yml':
        'services:\n  api:\n    image: example/api:1.5\n    command: serve\n  db:\n    image: postgres:16.4\n',
    },
    only: ['service-drift', 'duplicate-service'],
    expected: [
      'docker-compose.gpu.yml:3:12: warning: "api" runs example/api:1.5 here, and example/api:1.4 in docker-compose.cpu.yml. [service-drift]',
    ],
  },
  {
    entry: '5',
    name: 'two stacks that want the same ports and names',
    files: {
      'docker-compose.yml':
        'services:\n  web:\n    image: nginx:1.27\n    container_name: web\n    ports: ["8080:80"]\n',
      'docker-compose.tools.yml':
        'services:\n  console:\n    image: example/console:1.0\n    container_name: web\n    ports: ["8080:3000"]\n',
    },
    only: ['port-collision', 'container-name-collision'],
    expected: [
      'docker-compose.tools.yml:4:21: error: The services "web" and "console" have the same container_name "web". [container-name-collision]',
      'docker-compose.tools.yml:5:13: error: The host port 8080 of "console" is taken by "web" in docker-compose.yml: the stack "tools" cannot start both. [port-collision]',
    ],
  },
  {
    entry: '5',
    name: 'a file that docker compose passes over',
    files: { 'compose.yaml': WEB, 'docker-compose.yml': WEB },
    args: ['.'],
    only: ['several-default-files'],
    expected: [
      'docker-compose.yml:1:1: warning: Several Compose files have a default name: compose.yaml, docker-compose.yml. The first one is used. [several-default-files]',
    ],
  },
  {
    entry: '6',
    name: 'a mount of the source and a port that reach production',
    files: {
      'compose.yml': 'services:\n  web:\n    build: .\n    volumes: [".:/app"]\n    ports: ["3000:3000"]\n',
      'compose.prod.yml': 'services:\n  web:\n    restart: always\n',
      Dockerfile: SELF_CHECKING,
    },
    only: ['dev-settings-in-base'],
    expected: [
      'compose.yml:4:15: warning: The base sets up development: "web" mounts its build context on /app. "default" and "prod" have it, too. [dev-settings-in-base]',
      'compose.yml:5:13: warning: The base sets up development: "web" publishes 3000 on the host. "default" and "prod" have it, too. [dev-settings-in-base]',
    ],
  },
  {
    entry: '7',
    name: 'a port that an override adds instead of replacing it',
    files: {
      'compose.yml': `${WEB}    ports: ["80:80"]\n`,
      'compose.override.yml': 'services:\n  web:\n    ports: ["8080:80"]\n',
    },
    only: ['appended-list'],
    expected: [
      'compose.override.yml:3:13: warning: "web" publishes its port 80 twice: as 8080 here, and still as 80 because of compose.yml. [appended-list]',
    ],
  },
  {
    entry: '8',
    name: 'a host that an override adds instead of replacing it',
    files: {
      'compose.yml': `${WEB}    extra_hosts: ["db.internal:10.0.0.1"]\n`,
      'compose.override.yml': 'services:\n  web:\n    extra_hosts: ["db.internal:127.0.0.1"]\n',
    },
    only: ['appended-list'],
    expected: [
      'compose.override.yml:3:32: warning: "web" has two addresses for the host db.internal: 127.0.0.1 from here, and still 10.0.0.1 from compose.yml. [appended-list]',
    ],
  },
  {
    entry: '9',
    name: 'which lists are replaced and which grow',
    files: {
      'compose.yml': `${WEB}    command: [nginx, -T]\n    expose: ["80"]\n    healthcheck:\n      test: [CMD, nginx, -t]\n      interval: 5s\n`,
      'compose.override.yml':
        'services:\n  web:\n    command: [nginx-debug]\n    expose: ["9000"]\n    healthcheck:\n      test: [CMD, "true"]\n',
    },
    noRule: 'Either way of merging may be what the author wants. `explain` tells which one a value got.',
    command: ['explain', 'services.web'],
    expected: [
      'services.web: 5 entries',
      '1. compose.yml:3:5 writes a part of it',
      '    --> compose.yml:3:5',
      '     |',
      '   3 |     image: nginx:1.27',
      '     |     ^^^^^^^^^^^^^^^^^ up to line 8',
      '2. compose.override.yml:3:5 writes a part of it',
      '    --> compose.override.yml:3:5',
      '     |',
      '   3 |     command: [nginx-debug]',
      '     |     ^^^^^^^^^^^^^^^^^^^^^^ up to line 6',
      '',
      'Its entries:',
      '   command: 1 item        # compose.override.yml:3:14, over compose.yml:4:14',
      '   expose: 2 items        # compose.yml:5:13, compose.override.yml:4:13',
      '   healthcheck: 2 entries # compose.yml:7:7, compose.override.yml:6:7',
      '   image: nginx:1.27      # compose.yml:3:12',
      '   networks: 1 entry      # default',
    ],
  },
  {
    entry: '10',
    name: 'a path in a file of another folder',
    files: {
      'compose.yml': WEB,
      'deploy/compose.prod.yml': 'services:\n  web:\n    volumes: ["./site:/usr/share/nginx/html:ro"]\n',
      'deploy/site/index.html': '<p>\n',
    },
    args: ['--stack', 'prod=compose.yml,deploy/compose.prod.yml', 'compose.yml'],
    only: ['path-base'],
    expected: [
      "deploy/compose.prod.yml:3:16: warning: The bind mount ./site leads to nothing: it starts from the folder of the stack's first file, not from that of deploy/compose.prod.yml. [path-base]",
    ],
  },
  {
    entry: '11',
    name: 'an override of a service that is included',
    files: { 'compose.yml': `include: [web.yml]\nservices:\n  web:\n    ports: ["80:80"]\n`, 'web.yml': WEB },
    args: ['compose.yml'],
    only: ['include-conflict'],
    expected: [
      'compose.yml:3:3: error: services.web is defined here and, differently, in an included file. [include-conflict]',
    ],
  },
  {
    entry: '12',
    name: 'one port for two services',
    files: {
      'compose.yml': `${WEB}    ports: ["8080:80"]\n  api:\n    image: example/api:1.0\n    ports: ["8080:3000"]\n`,
    },
    only: ['port-collision'],
    expected: [
      'compose.yml:7:13: error: The host port 8080 of "api" is taken by "web": the stack "default" cannot start both. [port-collision]',
    ],
  },
  {
    entry: '13',
    name: 'a variable without a value',
    files: { 'compose.yml': `${WEB}    hostname: \${HOST_NAME}\n` },
    only: ['unset-variable'],
    expected: [
      'compose.yml:4:15: warning: The variable HOST_NAME is not set and becomes an empty text. [unset-variable]',
    ],
  },
  {
    entry: '14',
    name: 'files put together without values of variables and without those of env files',
    files: {
      'compose.yml':
        'name: shop\nservices:\n  web:\n    image: nginx:${TAG:-1.27}\n    env_file: secret.env\n    ports: ["${PORT}:80"]\n',
      'compose.prod.yml': 'services:\n  web:\n    environment:\n      LEVEL: ${LEVEL}\n',
      'secret.env': 'API_TOKEN=not-for-the-screen\n',
    },
    noRule: 'Nothing is wrong with the files: what is wanted is another output.',
    command: ['config', '--no-interpolate', '--no-env-resolution', 'compose.yml', 'compose.prod.yml'],
    expected: [
      'name: shop',
      'networks:',
      '  default:',
      '    name: shop_default',
      'services:',
      '  web:',
      '    env_file:',
      '      - path: /project/secret.env',
      '        required: true',
      '    environment:',
      '      LEVEL: ${LEVEL}',
      '    image: nginx:${TAG:-1.27}',
      '    networks:',
      '      default: null',
      '    ports:',
      '      - ${PORT}:80',
    ],
  },
  {
    entry: '15',
    name: 'the merged result, and where each value is from',
    files: {
      'compose.yml': `name: shop\n${WEB}    command: [nginx, -T]\n    expose: ["80"]\n`,
      'compose.override.yml': 'services:\n  web:\n    command: [nginx-debug]\n    expose: ["9000"]\n',
    },
    noRule: 'Nothing is wrong with the files: what is wanted is another output.',
    command: ['config', '--origins'],
    expected: [
      'name: shop             # compose.yml:1:7',
      'services:              # compose.yml:3:3, compose.override.yml:2:3',
      '  web:                 # compose.yml:4:5, compose.override.yml:3:5',
      '    command:           # compose.override.yml:3:14, over compose.yml:5:14',
      '      - nginx-debug    # compose.override.yml:3:15',
      '    expose:            # compose.yml:6:13, compose.override.yml:4:13',
      '      - "80"           # compose.yml:6:14',
      '      - "9000"         # compose.override.yml:4:14',
      '    image: nginx:1.27  # compose.yml:4:12',
      '    networks:          # default',
      '      default: null    # default',
      'networks:              # default',
      '  default:             # default',
      '    name: shop_default # default',
    ],
  },
  {
    entry: '16',
    name: 'an anchor of another file',
    files: {
      'compose.yml': `include: [base.yml]\n${WEB}    <<: *common\n`,
      'base.yml':
        'x-common: &common\n  restart: always\nservices:\n  api:\n    <<: *common\n    image: example/api:1.0\n',
    },
    format: 'pretty',
    args: ['compose.yml'],
    only: ['yaml-syntax'],
    expected: [
      'error[yaml-syntax]: No anchor is called "common".',
      ' --> compose.yml:5:9',
      '  |',
      '5 |     <<: *common',
      '  |         ^^^^^^^',
      '  = help: An anchor is known below its place in its own file alone. What another file holds is reached by `extends` or `include`.',
      '  = stacks: default',
      '  = rule: rules/yaml-syntax.md',
      '',
      'rule         compose.yml  total',
      'yaml-syntax            1      1',
    ],
  },
  {
    entry: '17',
    name: 'a key that there is not',
    files: { 'compose.yml': `${WEB}    enviroment: {A: b}\n    prots: ["80"]\n` },
    only: ['schema'],
    expected: [
      'compose.yml:4:5: error: services.web has no key "enviroment". [schema]',
      'compose.yml:5:5: error: services.web has no key "prots". [schema]',
    ],
  },
  {
    entry: '18',
    name: 'a fix leaves long lines alone',
    files: {
      'compose.yml': `version: "3"\nservices:\n  web:\n    image: nginx:1.27\n    command: ${'nginx -g "daemon off;" '.repeat(8)}\n`,
    },
    args: ['--diff'],
    only: ['obsolete-version'],
    expected: [
      'diff --git a/compose.yml b/compose.yml',
      '--- a/compose.yml',
      '+++ b/compose.yml',
      '@@ -1,4 +1,3 @@',
      '-version: "3"',
      ' services:',
      '   web:',
      '     image: nginx:1.27',
    ],
  },
  {
    entry: '19',
    name: 'a rule and its fix where a merge key brings an anchor in',
    files: {
      'compose.yml':
        'version: "3"\nx-common: &common\n  init: yes\nservices:\n  web: &web\n    <<: *common\n    image: nginx:1.27\n  api:\n    <<: [*web]\n    tty: no\n',
    },
    args: ['--diff'],
    only: ['obsolete-version', 'ambiguous-scalar'],
    expected: [
      'diff --git a/compose.yml b/compose.yml',
      '--- a/compose.yml',
      '+++ b/compose.yml',
      '@@ -1,10 +1,9 @@',
      '-version: "3"',
      ' x-common: &common',
      '-  init: yes',
      '+  init: true',
      ' services:',
      '   web: &web',
      '     <<: *common',
      '     image: nginx:1.27',
      '   api:',
      '     <<: [*web]',
      '-    tty: no',
      '+    tty: false',
    ],
  },
  {
    entry: '20',
    name: 'one port of IPv4 and of IPv6',
    files: { 'compose.yml': `${WEB}    ports: ["127.0.0.1:8080:80", "[::1]:8080:80"]\n` },
    only: ['port-collision', 'invalid-port'],
    expected: [],
  },
  {
    entry: '21',
    name: 'tags of a build',
    files: {
      'compose.yml':
        'services:\n  web:\n    image: example/web:1.0\n    build:\n      context: .\n      tags: [example/web:next]\n',
      Dockerfile: SELF_CHECKING,
    },
    expected: [],
  },
  {
    entry: '22',
    name: 'a volume that nothing uses',
    files: { 'compose.yml': `${WEB}volumes:\n  data:\n` },
    only: ['unused-resource'],
    expected: [
      'compose.yml:5:3: warning: No service uses the volume "data"; docker compose leaves it out. [unused-resource]',
    ],
  },
  {
    entry: '23',
    name: 'a project without a name',
    files: { 'compose.yml': 'services:\n  web:\n    build: .\n', Dockerfile: SELF_CHECKING },
    expected: [],
  },
  {
    entry: '24',
    name: 'parts of any name are read, workflows are not',
    files: {
      'compose.yml': 'include: [ci/shared.yml]\n',
      'ci/shared.yml': 'services:\n  web:\n    image: nginx\n',
      '.github/workflows/docker-compose-test.yml': 'on: push\njobs: {}\n',
    },
    args: ['-r', '.'],
    only: ['latest-tag', 'schema'],
    expected: [
      'ci/shared.yml:3:12: warning: The image nginx of "web" has no tag, so that `latest` is pulled: what runs depends on the day it was pulled. [latest-tag]',
    ],
  },
  {
    entry: '25',
    name: 'a port from a variable, in quotes',
    files: { 'compose.yml': `${WEB}    ports: ["\${PORT}:80"]\n`, '.env': 'PORT=8080\n' },
    only: ['ambiguous-scalar', 'invalid-port', 'unset-variable'],
    expected: [],
  },
  {
    entry: '26',
    name: 'a variable that is given twice',
    files: { 'compose.yml': `${WEB}    environment:\n      - LEVEL=info\n      - LEVEL=debug\n` },
    only: ['duplicate-variable'],
    expected: [
      'compose.yml:5:9: warning: The variable LEVEL of "web" is given twice in one list: this value is lost, the later one counts. [duplicate-variable]',
    ],
  },
  {
    entry: '27',
    name: 'a secret that is a file',
    files: {
      'compose.yml': `${WEB}    environment:\n      API_TOKEN_FILE: /run/secrets/token\n      API_TOKEN: /run/secrets/token\n`,
    },
    only: ['hardcoded-secret'],
    expected: [],
  },
  {
    entry: '28',
    name: 'a dollar sign that takes the end of a password along',
    files: { 'compose.yml': `${WEB}    environment:\n      DB_PASSWORD: pre$def\n      GOOD_PASSWORD_FILE: /a\n` },
    only: ['unescaped-dollar'],
    expected: [
      'compose.yml:5:23: warning: What follows the dollar sign in DB_PASSWORD of "web" is a variable to Compose, which is not set: the value arrives without it. [unescaped-dollar]',
    ],
  },
  {
    entry: '28',
    name: 'a placeholder that passes for a value',
    files: {
      'compose.yml': `${WEB}    environment:\n      DB_PASSWORD: \${DB_PASSWORD:?}\n`,
      '.env': 'DB_PASSWORD=changeme\n',
      '.git/HEAD': '',
    },
    only: ['hardcoded-secret', 'required-variable'],
    expected: [
      '.env:1:13: warning: DB_PASSWORD in .env is a credential, ch…me (8 characters), and git does not ignore this file. [hardcoded-secret]',
    ],
  },
  {
    entry: '29',
    name: 'what one file lacks another one gives',
    files: {
      'compose.yml':
        'services:\n  web:\n    ports: ["8080:80"]\n    depends_on: [db]\n  db:\n    image: postgres:16.4\n    volumes: ["data:/var/lib/postgresql/data"]\n',
      'compose.override.yml': 'services:\n  web:\n    image: nginx:1.27\nvolumes:\n  data:\n',
    },
    only: ['no-image-or-build', 'undefined-reference', 'schema'],
    expected: [],
  },
  {
    entry: '30',
    name: 'a profile that comes along with `extends`',
    files: {
      'compose.yml': `services:\n  base:\n    image: example/api:1.0\n    profiles: [split]\n  api:\n    extends: base\n  web:\n    image: nginx:1.27\n    depends_on: [api]\n`,
    },
    format: 'pretty',
    only: ['profile-dependency'],
    expected: [
      'error[profile-dependency]: The service "web" depends on "api", which only the profile split starts.',
      ' --> compose.yml:9:18',
      '  |',
      '9 |     depends_on: [api]',
      '  |                  ^^^',
      '  = help: Set `required: false`, or give "web" the same profile. "api" has its profile by `extends`: `profiles: !reset []` there takes it away.',
      '  = stacks: default',
      '  = rule: rules/profile-dependency.md',
      '',
      'rule                compose.yml  total',
      'profile-dependency            1      1',
    ],
  },
  {
    entry: '30',
    name: 'a profile that comes along with `extends`, taken away',
    files: {
      'compose.yml': `services:\n  base:\n    image: example/api:1.0\n    profiles: [split]\n  api:\n    extends: base\n    profiles: !reset []\n  web:\n    image: nginx:1.27\n    depends_on: [api]\n`,
    },
    only: ['profile-dependency', 'schema'],
    expected: [],
  },
  {
    entry: '31',
    name: 'a fix at an anchor keeps it',
    files: {
      'compose.yml': `services:\n  web: &web\n    image: nginx:1.27\n    init: &init yes\n  api:\n    <<: *web\n    tty: *init\n`,
    },
    args: ['--diff'],
    only: ['ambiguous-scalar'],
    expected: [
      'diff --git a/compose.yml b/compose.yml',
      '--- a/compose.yml',
      '+++ b/compose.yml',
      '@@ -1,7 +1,7 @@',
      ' services:',
      '   web: &web',
      '     image: nginx:1.27',
      '-    init: &init yes',
      '+    init: &init true',
      '   api:',
      '     <<: *web',
      '     tty: *init',
    ],
  },
  {
    entry: '32',
    name: 'the time zone of the host, for reading',
    files: {
      'compose.yml': `${WEB}    volumes: ["/etc/localtime:/etc/localtime:ro", "/etc/timezone:/etc/timezone:ro"]\n`,
    },
    only: ['sensitive-mount', 'missing-file'],
    expected: [],
  },
];
