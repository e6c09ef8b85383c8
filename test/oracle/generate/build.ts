import fc from 'fast-check';
import {
  type Any,
  distinct,
  either,
  flag,
  integer,
  ip,
  keyValue,
  labels,
  list,
  mostly,
  named,
  object,
  one,
  path,
  size,
  variables,
  word,
} from './arbitraries.js';
import { fileReference } from './mounts.js';

/** Text limits crash docker compose in some places, which refuses the whole set: they are rare. */
export const ulimits = named(
  ['nofile', 'nproc'],
  either(
    mostly(one(100, 65535, 0, -1), one('${NUMBER}', '7'), 20),
    object({ soft: mostly(one(5, 10), integer, 20), hard: mostly(one(50, 100), integer, 20) }, ['soft', 'hard']),
  ),
);

/** Hosts with addresses, as a list and as a mapping. */
export const hosts = either(
  distinct(one('a=1.1.1.1', 'b:2.2.2.2', 'c=::1', 'a=3.3.3.3', 'd:[::2]', 'e=1.1.1.1,2.2.2.2', 'f:::3')),
  named(['a', 'b'], either(ip, fc.array(ip, { minLength: 1, maxLength: 3 }))),
);

/**
 * Paths in `ssh` are rare: docker compose cannot print them as JSON at all, whatever else the set holds.
 * @see docker compose, types.SSHKey: MarshalJSON writes no valid JSON
 */
const ssh = mostly(
  one(['default'], [], { default: null }),
  one(['default', 'k=/id'], { k: './id' }, { default: '/id' }, { k: 1 }, { k: true }, { k: '' }),
  20,
);

const buildWith = (more: Readonly<Record<string, Any>>): Any =>
  object({
    ...more,
    context: either(path, one('https://github.com/a/b.git', 'git@github.com:a/b.git', 'service:db')),
    args: variables,
    ssh,
    labels,
    cache_from: list(word),
    cache_to: list(word),
    no_cache: flag,
    additional_contexts: either(
      named(
        ['base', 'other'],
        either(path, one('docker-image://alpine', 'https://x.y/z'), mostly(one('./c'), one(1, true, null), 40)),
      ),
      one(['base=./ctx', 'img=docker-image://a'], ['base=a', 'other=b']),
    ),
    network: word,
    provenance: either(flag, one('mode=max')),
    sbom: flag,
    pull: flag,
    target: word,
    shm_size: either(size, one(1000)),
    extra_hosts: hosts,
    isolation: word,
    privileged: flag,
    secrets: list(fileReference),
    tags: distinct(word, 2),
    ulimits,
    platforms: list(one('linux/amd64', 'linux/arm64')),
    entitlements: list(word),
    'x-build': one(1),
  });

/** `build`, short and long. */
export const build = mostly(
  either(path, buildWith({ dockerfile: word }), buildWith({ dockerfile_inline: one('FROM alpine\nRUN true\n') })),
  one({ unknown: 1 }, 5, { dockerfile: 'x', dockerfile_inline: 'y' }),
);

const requestWith = (more: Readonly<Record<string, Any>>): Any =>
  object(
    {
      capabilities: one(['gpu'], ['gpu', 'compute']),
      driver: one('nvidia'),
      options: keyValue(['A', 'B'], one('a', '1')),
      ...more,
    },
    ['capabilities'],
  );

/** A device that a service asks for, by count or by id. */
export const deviceRequest = either(
  requestWith({ count: one(1, 'all', '2', -1) }),
  requestWith({ device_ids: one(['0'], ['0', '1']) }),
);
