import { duration, either, integer, labels, list, mostly, object, one, size, word } from './arbitraries.js';
import { deviceRequest } from './build.js';

/** Limits that stand in two places must be equal there: they mostly are. */
export const cpus = mostly(one('0.5', 0.5), one(1.5, 2, '${NUMBER}', 0), 12);
export const memory = mostly(one('512m', '512M', '0.5g'), either(size, one(1000000)), 12);
export const pids = mostly(one(10, '10'), one(-1, '${NUMBER}', 20), 12);

const text = (numbers: readonly number[], texts: readonly string[]) => either(one(...numbers), one(...texts));

const updateConfig = object({
  parallelism: integer,
  delay: duration,
  failure_action: one('pause'),
  monitor: duration,
  max_failure_ratio: one(0.5, 0, '0.25'),
  order: one('start-first'),
});

/** `deploy` with everything in it. `scale` and `replicas` must agree, too. */
export const deploy = object({
  mode: one('replicated', 'global'),
  endpoint_mode: one('vip'),
  replicas: mostly(one(1, '1'), one(2, 0), 20),
  labels,
  update_config: updateConfig,
  rollback_config: updateConfig,
  resources: object({
    limits: object({ cpus, memory: mostly(one('512m'), size, 12), pids: mostly(one(10, '10'), one(20), 12) }),
    reservations: object({
      cpus: text([0.1, 1], ['0.1']),
      memory: mostly(one('512m'), size, 12),
      devices: list(deviceRequest, 2),
      generic_resources: list(
        object({ discrete_resource_spec: object({ kind: one('GPU', 'SSD'), value: one(2, '3', 1.5) }) }),
        2,
      ),
    }),
  }),
  restart_policy: object({ condition: one('any'), delay: duration, max_attempts: integer, window: duration }),
  placement: object({
    constraints: list(word),
    preferences: one([{ spread: 'node.zone' }], [{ spread: 'a' }, { spread: 'b' }]),
    max_replicas_per_node: integer,
  }),
  'x-deploy': one(1),
});
