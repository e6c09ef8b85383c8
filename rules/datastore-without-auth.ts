import type { Authentication, Switch } from '../src/catalog/facts.js';
import { isSince } from '../src/catalog/version.js';
import { hasUnreadVariables, isScripted, switchSet } from '../src/lint/container.js';
import { isDatastore, type KnownImage, knownImage } from '../src/lint/known-image.js';
import { openPortsOf } from '../src/lint/loopback.js';
import { isForTests } from '../src/lint/purpose.js';
import { defineRule } from '../src/lint/rule.js';
import type { ServiceSubject } from '../src/lint/subjects.js';
import { variablesOf } from '../src/model/service.js';
import { get, placeOfValue } from '../src/model/value.js';
import type { Span } from '../src/source/source.js';

/** Why everybody is let in, and where that is said; undefined where nobody is, or it cannot be known. */
type Openness = { readonly because: string; readonly at: Span | undefined };

const openedBy = (service: ServiceSubject, given: Switch): Openness => {
  if (given.kind !== 'variable')
    return { because: `\`${given.kind === 'option' ? `--${given.name}` : 'its configuration'}\``, at: undefined };
  const variable = variablesOf(service.value).find(({ name }) => name === given.name);
  return { because: given.name, at: variable && (placeOfValue(variable.value) ?? variable.key) };
};

const isOpenByDefault = ({ byDefault, closedSince }: Authentication, { version }: KnownImage): boolean =>
  byDefault === 'open' && !(closedSince !== undefined && (!version || isSince(version, closedSince)));

const opennessOf = (service: ServiceSubject, image: KnownImage): Openness | undefined => {
  const { authentication } = image.facts;
  if (!authentication) return undefined;
  const opening = switchSet(service, authentication.openedBy);
  if (opening) return openedBy(service, opening);
  const isUnknown = image.isBuilt || isScripted(service) || hasUnreadVariables(service);
  if (isUnknown || !isOpenByDefault(authentication, image) || switchSet(service, authentication.closedBy))
    return undefined;
  return { because: '', at: undefined };
};

/** What to do, for people: the first way to let in only those who have a credential. */
const helpFor = ({ closedBy, openedBy: opening }: Authentication, because: string): string => {
  if (because !== '' && opening.length > 0) return `Take ${because} away and give it a password.`;
  const [first] = closedBy;
  if (first?.kind === 'variable') return `Set ${first.name}${first.values ? ` to ${first.values[0]}` : ''}.`;
  return first?.kind === 'option' ? `Give it \`--${first.name}\`.` : 'Give it a password.';
};

export default defineRule({
  meta: {
    id: 'datastore-without-auth',
    severity: 'warning',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A datastore that other machines can reach lets everybody in',
    description: `Some images let everybody in who reaches them until they are told otherwise (Redis, MongoDB, Elasticsearch before 8); others can be
told to (\`POSTGRES_HOST_AUTH_METHOD=trust\`, \`xpack.security.enabled=false\`). Inside a project's own network that is common. The
rule speaks where the port is published beyond the loopback address, or the service is on the host's network; and, as an
information, for a database or search engine that is told to let everybody in.

Variables, options of the command and env files are looked at. Where a script starts the service, where it is built, and where an
env file cannot be read, nothing is guessed.`,
    source: 'the documentation of each image, as the catalogue names it',
    bad: 'services:\n  cache:\n    image: redis:7.4\n    ports: ["6379:6379"]\n',
    good: {
      'compose.yml':
        'services:\n  cache:\n    image: redis:7.4\n    command: redis-server --requirepass ${REDIS_PASSWORD:?}\n    ports: ["10.0.0.5:6379:6379"]\n',
      '.env': 'REDIS_PASSWORD=set-on-each-machine\n',
    },
    whenOff: 'For data that everybody may read and change.',
  },
  *checkService(service) {
    const { name, value, stack, key } = service;
    const image = knownImage(service);
    if (!image || !isDatastore(image.facts) || isForTests(stack)) return;
    const openness = opennessOf(service, image);
    if (!openness || !image.facts.authentication) return;
    const { title, kind, authentication } = image.facts;
    const port = openPortsOf(service).find(({ target }) => image.facts.ports.some((known) => known.port === target));
    const mode = get(value, 'network_mode');
    const isOnHost = mode?.kind === 'scalar' && mode.value === 'host';
    const isReachable = port !== undefined || isOnHost;
    const holdsData = kind === 'database' || kind === 'search-engine';
    const at = openness.at ?? port?.at ?? key;
    if (!at || !(isReachable || (holdsData && openness.because !== ''))) return;
    const why = openness.because === '' ? 'has no password' : `lets everybody in (${openness.because})`;
    const reach = isReachable
      ? 'other machines can reach it'
      : 'every container on its networks can read and change the data';
    yield {
      at,
      message: `${title} in "${name}" ${why}, and ${reach}.`,
      help: helpFor(authentication, openness.because),
      notes: port?.at && port.at !== at ? [{ at: port.at, message: 'it is published here' }] : [],
      severity: isReachable ? 'warning' : 'info',
      path: ['services', name],
      evidence: openness.because,
    };
  },
});
