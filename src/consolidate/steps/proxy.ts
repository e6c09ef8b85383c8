import type { Data } from '../../lint/edits/content.js';
import type { ProxyDecisions } from '../../workspace/decisions.js';

/** Images of nginx have one of these two. */
const PROBE = 'wget -q --spider http://127.0.0.1/ || curl -fsS http://127.0.0.1/';

/** The proxy's service: on the networks of what it leads to, its configuration out of the Compose file. */
export const proxyService = (proxy: ProxyDecisions, networks: readonly string[]): { readonly [key: string]: Data } => ({
  image: proxy.image,
  configs: [{ source: proxy.service, target: '/etc/nginx/conf.d/default.conf' }],
  ports: [`${proxy.port}:80`],
  depends_on: [...new Set([...proxy.to.values()].map((upstream) => upstream.split(':')[0] ?? ''))],
  ...(networks.length > 0 ? { networks } : {}),
  healthcheck: { test: ['CMD-SHELL', PROBE], interval: '30s', timeout: '5s', retries: 3 },
});

/** Locations with the longest path first, as nginx would look for them anyway. */
const locations = ({ to }: ProxyDecisions): readonly string[] =>
  [...to].flatMap(([path, upstream]) => [
    `  location ${path} {`,
    `    proxy_pass http://${upstream};`,
    // Compose reads `$$` as a dollar sign.
    '    proxy_set_header Host $$host;',
    '    proxy_set_header X-Forwarded-For $$proxy_add_x_forwarded_for;',
    '    proxy_set_header X-Forwarded-Proto $$scheme;',
    '  }',
  ]);

/** The entry of `configs` that holds the proxy's configuration, line by line. */
export const proxyConfig = (proxy: ProxyDecisions): readonly string[] => [
  `${proxy.service}:`,
  '  content: |',
  ...['server {', '  listen 80;', ...locations(proxy), '}'].map((line) => `    ${line}`),
];
