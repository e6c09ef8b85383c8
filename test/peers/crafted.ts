import { type Row, SELF_CHECKING, WEB } from './row.js';

const MERGED = `x-base: &base
  image: nginx:latest
  privileged: true
  ports: ["8080:80"]
services:
  one:
    <<: *base
  two:
    <<: *base
`;

/** Files on which peers crash, stop or stay silent. */
export const CRAFTED: readonly Row[] = [
  {
    entry: 'comments',
    name: 'a fix leaves comments, quotes, columns, folded texts and line ends as they are',
    files: {
      'compose.yml':
        '# what it is\r\nversion: "3.8"\r\n\r\nservices:\r\n  db:\r\n    # for both processors\r\n    image: mariadb:11.4    # the column stays\r\n    #image: mysql:8.4\r\n    command: >\r\n      --one\r\n      --two\r\n    labels: {a: \'b\'}\r\n',
    },
    args: ['--diff'],
    only: ['obsolete-version'],
    expected: [
      'diff --git a/compose.yml b/compose.yml',
      '--- a/compose.yml',
      '+++ b/compose.yml',
      '@@ -1,6 +1,4 @@',
      ' # what it is\r',
      '-version: "3.8"\r',
      '-\r',
      ' services:\r',
      '   db:\r',
      '     # for both processors\r',
    ],
  },
  {
    entry: 'a',
    name: 'a fix in a file with anchors and merge keys',
    files: { 'compose.yml': `version: "3"\n${MERGED}` },
    args: ['--diff'],
    only: ['obsolete-version'],
    expected: [
      'diff --git a/compose.yml b/compose.yml',
      '--- a/compose.yml',
      '+++ b/compose.yml',
      '@@ -1,4 +1,3 @@',
      '-version: "3"',
      ' x-base: &base',
      '   image: nginx:latest',
      '   privileged: true',
    ],
  },
  {
    entry: 'b',
    name: 'a broken file keeps nobody from the others',
    files: {
      'a/compose.yml': 'services: [\n',
      'b/compose.yml': 'version: "3"\nservices:\n  web:\n    image: nginx:1.27\n    init: yes\n',
    },
    args: ['-r', '--diff', '.'],
    only: ['obsolete-version', 'ambiguous-scalar'],
    expected: [
      'diff --git a/b/compose.yml b/b/compose.yml',
      '--- a/b/compose.yml',
      '+++ b/b/compose.yml',
      '@@ -1,5 +1,4 @@',
      '-version: "3"',
      ' services:',
      '   web:',
      '     image: nginx:1.27',
      '-    init: yes',
      '+    init: true',
    ],
  },
  {
    entry: 'c',
    name: 'what comes through a merge key is found',
    files: { 'compose.yml': MERGED },
    only: ['privileged', 'latest-tag', 'port-collision'],
    expected: [
      'compose.yml:2:10: warning: The image nginx of "one" is tagged `latest`: what runs depends on the day it was pulled. The same value is in "two". [latest-tag]',
      'compose.yml:3:15: error: "one" runs privileged: root in the container is root on the host. The same value is in "two". [privileged]',
      'compose.yml:4:11: error: The host port 8080 of "two" is taken by "one": the stack "default" cannot start both. [port-collision]',
    ],
  },
  {
    entry: 'd',
    name: 'ports that do not collide',
    files: {
      'compose.yml': `services:
  one:
    image: nginx:1.27
    ports: ["127.0.0.1:8080:80", "80"]
  two:
    image: nginx:1.27
    ports: ["127.0.0.2:8080:80", "80"]
  three:
    image: nginx:1.27
    ports: ["9000:80"]
    profiles: [a]
`,
    },
    only: ['port-collision'],
    expected: [],
  },
  {
    entry: 'e',
    name: 'what there is not, and what goes round',
    files: {
      'compose.yml': `services:
  one:
    image: nginx:1.27
    depends_on: [two, none]
    networks: [nowhere]
    volumes: ["nothing:/data"]
  two:
    image: nginx:1.27
    depends_on: [one]
  three:
    image: nginx:1.27
    network_mode: host
    networks: [default]
`,
    },
    only: ['undefined-reference', 'dependency-cycle', 'conflicting-keys'],
    expected: [
      'compose.yml:4:18: error: The services depend on each other in a cycle: one → two → one. [dependency-cycle]',
      'compose.yml:4:23: error: The service "one" depends on "none", which is not defined. [undefined-reference]',
      'compose.yml:5:16: error: The service "one" is on the network "nowhere", which is not declared. [undefined-reference]',
      'compose.yml:6:16: error: The service "one" uses the volume "nothing", which is not declared. [undefined-reference]',
      'compose.yml:12:19: error: The service "three" has network_mode and networks, which exclude each other. [conflicting-keys]',
    ],
  },
  {
    entry: 'f',
    name: 'names and addresses that are no secrets',
    files: {
      'compose.yml': `${WEB}    environment:\n      SECRET_NAME: mysecret\n      PASSWORD_RESET_URL: https://example.com/reset\n      TOKEN_EXPIRY: 3600\n`,
    },
    only: ['hardcoded-secret'],
    expected: [],
  },
  {
    entry: 'f',
    name: 'secrets wherever they are',
    files: {
      'compose.yml': `services:
  cache:
    image: redis:7.4
    command: redis-server --requirepass hunter2-and-more
  web:
    image: nginx:1.27
    environment:
      PGPASS: Tr1ckle-Down
      SESSION: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLW9mLW5vYm9keQ
      PAYMENT: sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}
    labels:
      traefik.http.middlewares.auth.basicauth.users: admin:$$apr1$$q8eZFHjF$$Fvmkk//V6Btlaf2i/ju5n/
    build:
      context: .
      args:
        NPM_TOKEN: npm_0123456789abcdefghijABCDEFGHIJ012345
`,
      Dockerfile: SELF_CHECKING,
    },
    only: ['hardcoded-secret', 'secret-in-build-arg'],
    expected: [
      'compose.yml:4:41: error: --requirepass in command holds a credential written into the file: hu…re (16 characters). [hardcoded-secret]',
      'compose.yml:8:15: error: PGPASS holds a credential written into the file: Tr…wn (12 characters). [hardcoded-secret]',
      'compose.yml:9:16: error: SESSION (a JSON Web Token) holds a credential written into the file: ey…eQ (63 characters). [hardcoded-secret]',
      'compose.yml:10:16: error: PAYMENT (a Stripe key) holds a credential written into the file: sk…dc (32 characters). [hardcoded-secret]',
      'compose.yml:12:54: warning: traefik.http.middlewares.auth.basicauth.users holds a password hash, ad…n/ (43 characters): who reads the file can try passwords against it. [hardcoded-secret]',
      'compose.yml:16:20: error: The build of "web" gets NPM_TOKEN as an argument, with a credential written into the file, np…45 (40 characters): it stays readable in the history of the image. [secret-in-build-arg]',
    ],
  },
  {
    entry: 'g',
    name: 'a profile called y',
    files: { 'compose.yml': `${WEB}    profiles: [y, n]\n` },
    only: ['schema', 'ambiguous-scalar'],
    expected: [],
  },
  {
    entry: 'i',
    name: 'a file for production is judged with its base',
    files: {
      'compose.yml':
        'services:\n  web:\n    image: nginx:1.27\n    read_only: true\n    cap_drop: [ALL]\n    security_opt: ["no-new-privileges:true"]\n',
      'compose.prod.yml': 'services:\n  web:\n    restart: always\n',
    },
    only: ['read-only-rootfs', 'cap-drop-all', 'no-new-privileges', 'no-image-or-build', 'missing-restart-policy'],
    expected: [],
  },
];
