import { replaceScalar } from '../../lint/edits/replace.js';
import { pathKey } from '../../lint/leaves.js';
import { fileNow, hasService, oldLeaves, provenPairs } from '../claims.js';
import { apply, attempt, leafPlace, leavesIn, servicesIn, type Work } from '../work.js';

/** `8080:80` and the like: a host port without an address. */
const WITHOUT_ADDRESS = /^\d+(?:-\d+)?:\d+(?:-\d+)?(?:\/(?:tcp|udp))?$/;

/** Binds the host ports of the override to the loopback address, as decided: they are for whoever sits at the machine. */
export const bindToLoopback = (work: Work): void => {
  const { override } = work.layout;
  if (override === undefined || work.decisions.loopback !== true) return;
  const file = fileNow(work, override);
  for (const service of servicesIn(work, file)) {
    const ports = leavesIn(work, file, service).filter(
      ({ path, text }) => path[0] === 'ports' && WITHOUT_ADDRESS.test(text),
    );
    if (ports.length === 0) continue;
    const claims = provenPairs(work)
      .filter((pair) => pair.after.includes(override) && hasService(pair, service))
      .flatMap((pair) =>
        ports.flatMap(({ text }) => [
          ...(oldLeaves(pair).has(pathKey(['services', service, 'ports', text]))
            ? [{ stack: pair.name, path: ['services', service, 'ports', text], after: null }]
            : []),
          { stack: pair.name, path: ['services', service, 'ports', `127.0.0.1:${text}`], before: null },
        ]),
      );
    attempt(
      work,
      {
        id: `bind-loopback:${service}`,
        kind: 'bind-loopback',
        service,
        paths: ports.map(({ path }) => ['services', service, ...path]),
        from: override,
        to: override,
        reason: 'A port without an address is open to everybody who can reach the machine.',
        rule: 'exposed-datastore',
        effect: `${ports.map(({ text }) => text.split(':')[0]).join(', ')} of ${service} answers on 127.0.0.1 only.`,
        claims,
        manual: [],
      },
      () =>
        ports.every((port) => {
          const now = leavesIn(work, file, service).find(({ path }) => pathKey(path) === pathKey(port.path));
          const place = now && leafPlace(work, file, service, now);
          return place !== undefined && apply(work, replaceScalar(place, `127.0.0.1:${port.text}`));
        }),
    );
  }
};
