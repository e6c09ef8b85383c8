import { familiarName, parseImage } from '../model/image.js';

/** What is known about a well-known image. Each fact has its source. */
export type ImageFacts = {
  /** Names that the image goes by, without Docker Hub's registry. */
  readonly names: readonly string[];
  /** Whether it stands in front of other services, so that publishing 80 and 443 is its purpose. */
  readonly isProxy?: boolean;
  /** Whether the image has a HEALTHCHECK of its own. */
  readonly hasHealthcheck?: boolean;
  readonly source: string;
};

const CATALOG: readonly ImageFacts[] = [
  { names: ['nginx', 'nginxinc/nginx-unprivileged'], isProxy: true, source: 'hub.docker.com/_/nginx' },
  { names: ['traefik'], isProxy: true, source: 'hub.docker.com/_/traefik' },
  { names: ['caddy'], isProxy: true, source: 'hub.docker.com/_/caddy' },
  { names: ['haproxy'], isProxy: true, source: 'hub.docker.com/_/haproxy' },
  { names: ['httpd'], isProxy: true, source: 'hub.docker.com/_/httpd' },
  { names: ['envoyproxy/envoy'], isProxy: true, source: 'hub.docker.com/r/envoyproxy/envoy' },
  {
    names: ['jwilder/nginx-proxy', 'nginxproxy/nginx-proxy'],
    isProxy: true,
    source: 'hub.docker.com/r/nginxproxy/nginx-proxy',
  },
];

const byName = new Map(CATALOG.flatMap((facts) => facts.names.map((name) => [name, facts])));

/** What is known about an image by its reference, or undefined. */
export const imageFacts = (reference: string): ImageFacts | undefined =>
  byName.get(familiarName(parseImage(reference).name));
