import fc from 'fast-check';
import {
  type Any,
  either,
  flag,
  handWritten,
  ip,
  labels,
  list,
  mostly,
  object,
  one,
  path,
  size,
  word,
} from './arbitraries.js';
import { FILES } from './names.js';

const shortPort = one(
  '80',
  '8080:80',
  '127.0.0.1:8081:81',
  '9000-9002:9000-9002',
  '90-91',
  '7000-7010:70',
  '53:53/udp',
  '[::1]:6000:60',
  '${PORT}:80',
  '${PORT}:${NUMBER}',
  '127.0.0.1::82',
  '443:443/TCP',
  '0:80',
  '127.0.0.1:9100-9101:9100-9101/udp',
);
const longPort = object(
  {
    target: one(80, 81, '82', '${NUMBER}'),
    published: one('8080', 8081, '9000-9005', '${PORT}'),
    host_ip: ip,
    protocol: one('tcp', 'udp'),
    mode: one('host', 'ingress'),
    name: word,
    app_protocol: one('http'),
    'x-port': one('x'),
  },
  ['target'],
);

/** Published ports, short and long. */
export const ports = list(
  mostly(
    either(shortPort, one(3000, 3001), longPort, handWritten('22:22', '8000:80', '0x50', '8080')),
    one('80:x', 'a:80', '1-3:1-2', 70000, '80/foo', {}, '300.1.1.1:1:1', '::1:6001:61', '80/tcp/x'),
  ),
);

const shortVolume = one(
  'data:/data',
  'outer:/outer',
  'cache:/cache:ro',
  './src:/src',
  '/host:/host:rw,z',
  '~/home:/home:ro,rslave',
  '/anonymous',
  'data:/d2:nocopy',
  'C:\\win:/win',
  '../up:/up/',
  './a:/b/../c',
  './${WORD}/x:/y',
  './f:/x:Z,private',
  'v:/v',
  '/d',
  './same:/data',
  'a:b:c:d',
);
const longVolume = either(
  object(
    {
      type: one('bind'),
      source: path,
      target: one('/b1', '/b2/'),
      read_only: flag,
      bind: object({
        propagation: one('rslave'),
        create_host_path: flag,
        selinux: one('z'),
        recursive: one('enabled'),
      }),
    },
    ['type', 'source', 'target'],
  ),
  object(
    {
      type: one('volume'),
      source: one('data'),
      target: one('/v1'),
      volume: object({ nocopy: flag, subpath: word, labels }),
      consistency: one('cached'),
      'x-volume': one(1),
    },
    ['type', 'target'],
  ),
  object(
    {
      type: one('tmpfs'),
      target: one('/t1', '/t2'),
      tmpfs: object({ size: either(size, one(1000)), mode: one(755, 448, '755', '0755') }),
    },
    ['type', 'target'],
  ),
  object({ type: one('image'), source: one('img'), target: one('/i1'), image: object({ subpath: word }) }, [
    'type',
    'target',
  ]),
  object({ type: one('npipe', 'cluster'), source: one('pipe'), target: one('/n1') }, ['type', 'source', 'target']),
);

/** Mounts, short and long. */
export const volumes = list(
  mostly(
    either(shortVolume, longVolume),
    one(
      'a:b:c:d:e',
      ':/x',
      '${WORD}/x:/y',
      { type: 'odd', target: '/x' },
      { type: 'bind', target: '/nosource' },
      { type: 'volume', target: '/x', source: 'nowhere' },
    ),
  ),
);

/** A secret or a config of a service, short and long. */
export const fileReference = either(
  fc.constantFrom(...FILES) as Any,
  object(
    {
      source: fc.constantFrom(...FILES),
      target: one('/run/x', 'y'),
      uid: one('100'),
      gid: one('200'),
      mode: either(one(440, '0440', 292), handWritten('0440', '0o440')),
    },
    ['source'],
  ),
);
