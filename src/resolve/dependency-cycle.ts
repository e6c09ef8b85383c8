import { get, type Mapping } from '../model/value.js';

/** The cycles that a walk along `depends_on` closes, each as names in order; docker compose stops at the first. */
export const findCycles = (services: Mapping): readonly (readonly string[])[] => {
  const cycles: (readonly string[])[] = [];
  const done = new Set<string>();
  const names = (name: string): readonly string[] => {
    const dependencies = get(services, name, 'depends_on');
    return dependencies?.kind === 'mapping'
      ? [...dependencies.entries.keys()].filter((other) => services.entries.has(other))
      : [];
  };
  for (const start of services.entries.keys()) {
    if (done.has(start)) continue;
    const trail: { name: string; rest: string[] }[] = [{ name: start, rest: [...names(start)] }];
    const onTrail = new Set([start]);
    while (trail.length > 0) {
      const last = trail.at(-1);
      const next = last?.rest.shift();
      if (last && next === undefined) {
        done.add(last.name);
        onTrail.delete(last.name);
        trail.pop();
      } else if (next !== undefined && onTrail.has(next)) {
        cycles.push(trail.slice(trail.findIndex(({ name }) => name === next)).map(({ name }) => name));
      } else if (next !== undefined && !done.has(next)) {
        trail.push({ name: next, rest: [...names(next)] });
        onTrail.add(next);
      }
    }
  }
  return cycles;
};
