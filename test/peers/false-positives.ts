import { type Row, SELF_CHECKING, WEB } from './row.js';

const ETL = 'services:\n  etl:\n    build: .\n    image: etl\n';

/** Findings of peers that are wrong, and faults that they all pass over, each in files of our own. */
export const FALSE_POSITIVES: readonly Row[] = [
  {
    entry: '1',
    name: 'an image without a tag is the name of what is built',
    files: { 'compose.yml': ETL, Dockerfile: SELF_CHECKING },
    only: ['latest-tag'],
    expected: [],
  },
  {
    entry: '2',
    name: 'build and image belong together',
    files: { 'compose.yml': ETL, Dockerfile: SELF_CHECKING },
    expected: [],
  },
  {
    entry: '3',
    name: 'a path under /run/secrets is no password',
    files: { 'compose.yml': `${WEB}    environment:\n      - DATABASE_PASSWORD=/run/secrets/database\n` },
    only: ['hardcoded-secret'],
    expected: [],
  },
  {
    entry: '4',
    name: 'a variable is no password',
    files: { 'compose.yml': `${WEB}    environment:\n      POSTGRES_PASSWORD: \${POSTGRES_PW}\n` },
    only: ['hardcoded-secret'],
    expected: [],
  },
  {
    entry: '5',
    name: 'quotes of either kind around ports, and whole numbers',
    files: { 'compose.yml': `${WEB}    ports: ["8443:443", '8080:80']\n    expose: [9000]\n` },
    only: ['ambiguous-scalar', 'schema', 'invalid-port'],
    expected: [],
  },
  {
    entry: '6',
    name: 'the order of keys is nobody’s business',
    files: {
      'compose.yml':
        'volumes:\n  data:\nnetworks:\n  back:\nservices:\n  web:\n    networks: [back]\n    volumes: ["data:/data"]\n    build: .\n',
      Dockerfile: SELF_CHECKING,
    },
    expected: [],
  },
  {
    entry: '7',
    name: 'every port has a place of its own, where a comment silences it',
    files: {
      'compose.yml': `${WEB}    ports:\n      - "53:53/udp" # fog-lint-disable-line unbound-port -- for the whole network\n      - "8080:80"\n      - "8443:443"\n`,
    },
    only: ['unbound-port'],
    expected: [],
  },
  {
    entry: '8',
    name: 'a tag without a number moves',
    files: {
      'compose.yml':
        'services:\n  cloud:\n    image: nextcloud:apache\n  db:\n    image: postgres:alpine\n  cache:\n    image: redis:7-alpine\n',
    },
    only: ['floating-tag'],
    expected: [
      'compose.yml:3:12: info: The tag apache of the image nextcloud in "cloud" names no version: it moves with every release. [floating-tag]',
      'compose.yml:5:12: info: The tag alpine of the image postgres in "db" names no version: it moves with every release. [floating-tag]',
    ],
  },
  {
    entry: '9',
    name: 'a password in a health check',
    files: {
      'compose.yml':
        'services:\n  db:\n    image: mcr.microsoft.com/mssql/server:2022-latest\n    environment:\n      MSSQL_SA_PASSWORD: ${SA_PASSWORD:?}\n    healthcheck:\n      test: /opt/mssql-tools18/bin/sqlcmd -C -U sa -P Tr1ckle-Down -Q "SELECT 1"\n',
    },
    only: ['hardcoded-secret'],
    expected: [
      'compose.yml:7:55: error: -P in test holds a credential written into the file: Tr…wn (12 characters). [hardcoded-secret]',
    ],
  },
  {
    entry: '10',
    name: 'a password in a .env that git keeps',
    files: {
      'compose.yml': `${WEB}    environment:\n      POSTGRES_PASSWORD: \${POSTGRES_PW}\n`,
      '.env': 'POSTGRES_PW=changeit\n',
      '.git/HEAD': '',
    },
    only: ['hardcoded-secret'],
    expected: [
      '.env:1:13: warning: POSTGRES_PW in .env is a credential, ch…it (8 characters), and git does not ignore this file. [hardcoded-secret]',
    ],
  },
  {
    entry: '11',
    name: 'kernel modules that a container may replace and load',
    files: {
      'compose.yml':
        'services:\n  vpn:\n    image: example/wireguard:1.0\n    cap_add: [NET_ADMIN, SYS_MODULE]\n    volumes: ["/lib/modules:/lib/modules"]\n',
    },
    only: ['sensitive-mount', 'dangerous-capability'],
    expected: [
      'compose.yml:4:26: error: "vpn" gets the capability SYS_MODULE, with which it can load code into the kernel of the host. [dangerous-capability]',
      'compose.yml:5:15: error: "vpn" can read and write /lib/modules of the host, which holds code for the kernel of the host. [sensitive-mount]',
    ],
  },
  {
    entry: '12',
    name: 'no fix takes a VPN and a name server away from those that they are for',
    files: {
      'compose.yml':
        'services:\n  vpn:\n    image: example/wireguard:1.0\n    ports: ["51820:51820/udp"]\n  names:\n    image: pihole/pihole:2024.07.0\n    ports: ["53:53/tcp", "53:53/udp", "67:67/udp"]\n',
      'fog-lint.yaml': 'extends: all\n',
    },
    args: ['--unsafe-fixes', '--diff'],
    only: ['unbound-port', 'exposed-datastore', 'published-port-in-prod'],
    expected: [],
  },
  {
    entry: '13',
    name: 'a database needs its file system',
    files: { 'compose.yml': 'services:\n  db:\n    image: postgres:16.4\n  web:\n    image: nginx:1.27\n' },
    only: ['read-only-rootfs'],
    expected: ['compose.yml:4:3: info: "web" may change the files of its image. [read-only-rootfs]'],
  },
  {
    entry: '14',
    name: 'a health check may take as long as the time between two',
    files: {
      'compose.yml': `${WEB}    healthcheck:\n      test: [CMD, nginx, -t]\n      interval: 10s\n      timeout: 10s\n`,
    },
    expected: [],
  },
  {
    entry: '15',
    name: 'a dot is a folder, not a number',
    files: { 'compose.yml': 'services:\n  web:\n    build:\n      context: .\n', Dockerfile: SELF_CHECKING },
    expected: [],
  },
  {
    entry: '16',
    name: 'an anonymous volume keeps the modules of the image',
    files: {
      'compose.yml': 'services:\n  web:\n    build: .\n    volumes:\n      - .:/app\n      - /app/node_modules\n',
      Dockerfile: SELF_CHECKING,
    },
    expected: [],
  },
  {
    entry: '17',
    name: 'the health check is in the Dockerfile',
    files: {
      'compose.yml': `services:\n  api:\n    build: .\n  web:\n    image: nginx:1.27\n    depends_on: [api]\n`,
      Dockerfile: SELF_CHECKING,
    },
    only: ['missing-healthcheck'],
    expected: ['compose.yml:4:3: info: The service "web" has no health check. [missing-healthcheck]'],
  },
  {
    entry: '18',
    name: 'databases without a volume',
    files: { 'compose.yml': 'services:\n  mongo:\n    image: mongo:7.0\n  db:\n    image: postgres:16.4\n' },
    only: ['datastore-without-volume'],
    expected: [
      'compose.yml:3:12: warning: "mongo" keeps the data of MongoDB in no volume: it is gone with the container. [datastore-without-volume]',
      'compose.yml:5:12: warning: "db" keeps the data of PostgreSQL in no volume: it is gone with the container. [datastore-without-volume]',
    ],
  },
  {
    entry: '19',
    name: 'a service that another one names as its host',
    files: {
      'compose.yml':
        'services:\n  blog:\n    image: example/blog:2.1\n    environment:\n      BLOG_DB_HOST: db:3306\n      BLOG_DB_NAME: blog\n  db:\n    image: mariadb:11.4\n',
    },
    only: ['missing-dependency'],
    expected: [
      'compose.yml:5:21: warning: "blog" talks to "db" (BLOG_DB_HOST) but does not depend on it. [missing-dependency]',
    ],
  },
  {
    entry: '20',
    name: 'a health check that nobody waits for',
    files: {
      'compose.yml':
        'services:\n  api:\n    image: example/api:1.0\n    healthcheck: {test: [CMD, /check]}\n  web:\n    image: nginx:1.27\n    depends_on: [api]\n',
    },
    only: ['dependency-not-awaited'],
    expected: [
      'compose.yml:7:18: warning: "web" starts as soon as "api" has started, although its health check would say when it is ready. [dependency-not-awaited]',
    ],
  },
  {
    entry: '21',
    name: 'a debugger in the file that production starts from',
    files: {
      'compose.yml':
        'services:\n  api:\n    build:\n      context: .\n      target: development\n    ports: ["3000:3000", "9229:9229"]\n',
      'compose.prod.yml': 'services:\n  api:\n    restart: always\n',
      Dockerfile: 'FROM node:22 AS development\nFROM development AS production\n',
    },
    only: ['dev-settings-in-base'],
    expected: [
      'compose.yml:5:15: warning: The base sets up development: "api" is built with the target development. "default" and "prod" have it, too. [dev-settings-in-base]',
      'compose.yml:6:13: warning: The base sets up development: "api" publishes 3000 on the host. "default" and "prod" have it, too. [dev-settings-in-base]',
      'compose.yml:6:26: warning: The base sets up development: "api" opens the Node.js inspector on port 9229. "default" and "prod" have it, too. [dev-settings-in-base]',
    ],
  },
  {
    entry: '22',
    name: 'two of a kind behind a proxy are meant to be two',
    files: {
      'compose.yml':
        'services:\n  web1:\n    build: web\n    hostname: web1\n    ports: ["81:5000"]\n  web2:\n    build: web\n    hostname: web2\n    ports: ["82:5000"]\n',
      'web/Dockerfile': SELF_CHECKING,
    },
    expected: [],
  },
];
