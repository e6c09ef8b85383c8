/**
 * Loaded before a program: notes what the process does to the world around it, a line of JSON each, in the file that
 * FOG_LINT_WATCH names. Nothing is kept from happening.
 */
const fs = require('node:fs');
const path = require('node:path');

const log = process.env.FOG_LINT_WATCH;
const { appendFileSync, realpathSync } = fs;
let isNoting = false;

/** Where a path leads in the end: through links, as far as it is there. */
const realOf = (given) => {
  const full = path.resolve(given);
  try {
    return realpathSync(full);
  } catch {
    return full;
  }
};

const note = (what, detail) => {
  if (isNoting) return;
  isNoting = true;
  appendFileSync(log, `${JSON.stringify([what, detail])}\n`);
  isNoting = false;
};

const noteFile = (what, given) => {
  if (isNoting) return;
  isNoting = true;
  const real = realOf(given);
  isNoting = false;
  note(what, real);
};

const isWriting = (flags) =>
  typeof flags === 'number'
    ? (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) !== 0
    : /[wa+]/.test(String(flags ?? 'r'));

const wrap = (holder, name, tell) => {
  const original = holder[name];
  if (typeof original !== 'function') return;
  holder[name] = function (...args) {
    tell(args);
    return original.apply(this, args);
  };
};

const textOf = (given) => (given instanceof URL ? given.pathname : Buffer.isBuffer(given) ? given.toString() : given);

const READING = ['readFile', 'createReadStream', 'readdir', 'opendir', 'readlink'];
const LOOKING = ['stat', 'lstat', 'access', 'exists', 'realpath', 'statfs'];
const WRITING = [
  'writeFile',
  'appendFile',
  'createWriteStream',
  'mkdtemp',
  'rm',
  'rmdir',
  'unlink',
  'chmod',
  'chown',
  'truncate',
  'utimes',
];
const MOVING = ['rename', 'link', 'symlink', 'copyFile', 'cp'];

const isThere = fs.existsSync;

for (const holder of [fs, fs.promises]) {
  for (const name of ['mkdir', 'mkdirSync'])
    wrap(holder, name, ([given]) => {
      isNoting = true;
      const isNew = !isThere(textOf(given));
      isNoting = false;
      if (isNew) noteFile('write', textOf(given));
    });
  for (const [what, names] of [
    ['read', READING],
    ['look', LOOKING],
    ['write', WRITING],
  ])
    for (const name of names)
      for (const each of [name, `${name}Sync`])
        wrap(holder, each, ([given]) => typeof given !== 'number' && noteFile(what, textOf(given)));
  for (const name of MOVING)
    for (const each of [name, `${name}Sync`]) wrap(holder, each, ([, given]) => noteFile('write', textOf(given)));
  for (const each of ['open', 'openSync'])
    wrap(holder, each, ([given, flags]) => noteFile(isWriting(flags) ? 'write' : 'read', textOf(given)));
}

const children = require('node:child_process');
for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'])
  wrap(children, name, ([program, args]) => note('run', [program, ...(Array.isArray(args) ? args : [])].join(' ')));
wrap(require('node:worker_threads'), 'Worker', ([file]) => note('run', String(file)));
wrap(process, 'dlopen', ([, file]) => note('run', file));

const net = require('node:net');
wrap(net.Socket.prototype, 'connect', (args) => {
  const [{ host, port, path: pipe }] = Array.isArray(args[0]) ? args[0] : args;
  note('connect', pipe ?? `${host}:${port}`);
});
wrap(net.Server.prototype, 'listen', (args) => note('connect', JSON.stringify(args[0])));
for (const name of ['http', 'https'])
  for (const each of ['request', 'get'])
    wrap(require(`node:${name}`), each, (args) => note('connect', String(args[0])));
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
  wrap(require('node:dns'), name, (args) => note('connect', String(args[0])));
  wrap(require('node:dns').promises, name, (args) => note('connect', String(args[0])));
}
wrap(require('node:dgram').Socket.prototype, 'send', () => note('connect', 'datagram'));
if (typeof globalThis.fetch === 'function') wrap(globalThis, 'fetch', ([address]) => note('connect', String(address)));
