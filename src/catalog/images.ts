import { familiarName, parseImage } from '../model/image.js';
import { ADMIN_CONSOLES } from './admin-consoles.js';
import { APPLICATIONS } from './applications.js';
import { CACHES } from './caches.js';
import { DATABASES } from './databases.js';
import { DOCUMENT_STORES } from './document-stores.js';
import type { ImageFacts, Probe } from './facts.js';
import { HOST_TOOLS } from './host-tools.js';
import { LOGS_AND_TRACES } from './logs-and-traces.js';
import { MONITORING } from './monitoring.js';
import { OBJECT_STORES } from './object-stores.js';
import { PROXIES } from './proxies.js';
import { QUEUES } from './queues.js';
import { RUNTIMES } from './runtimes.js';
import { SEARCH_ENGINES } from './search-engines.js';
import { isWithin, versionOf } from './version.js';

/** Everything in the catalogue. */
export const CATALOG: readonly ImageFacts[] = [
  ...DATABASES,
  ...DOCUMENT_STORES,
  ...CACHES,
  ...QUEUES,
  ...SEARCH_ENGINES,
  ...OBJECT_STORES,
  ...PROXIES,
  ...MONITORING,
  ...LOGS_AND_TRACES,
  ...ADMIN_CONSOLES,
  ...APPLICATIONS,
  ...HOST_TOOLS,
  ...RUNTIMES,
];

let byName: ReadonlyMap<string, ImageFacts> | undefined;

/** Registries that pass on what Docker Hub has, under its names. */
const MIRRORS = /^(?:registry\.hub\.docker\.com|mirror\.gcr\.io)\//;

/** Folders of other registries with copies of the official images: `public.ecr.aws/docker/library/`, `mirror.acme.com/library/`. */
const COPIES = /^(?:[\w-]*[.:][\w.:-]*|localhost)\/(?:docker\/)?library\//;

/** Folders of Docker Hub with the official images of one architecture. */
const ARCHITECTURES = /^(?:amd64|arm32v[5-7]|arm64v8|i386|ppc64le|s390x|riscv64)\//;

/** What is known about an image by its reference, or undefined. A registry of one's own may hold anything: nothing is guessed. */
export const imageFacts = (reference: string): ImageFacts | undefined => {
  byName ??= new Map(CATALOG.flatMap((facts) => facts.names.map((name) => [name, facts])));
  const name = familiarName(parseImage(reference).name);
  return (
    byName.get(name) ??
    byName.get(familiarName(name.replace(MIRRORS, '').replace(COPIES, '')).replace(ARCHITECTURES, ''))
  );
};

/** The health check for an image of the catalogue in the version that its tag names; a tag without a number is the newest. */
export const probeFor = (reference: string): Probe | undefined => {
  const probes = imageFacts(reference)?.probes ?? [];
  const version = versionOf(parseImage(reference).tag);
  return probes.find((probe) => (version ? isWithin(version, probe) : probe.until === undefined));
};
