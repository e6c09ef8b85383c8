import type { ImageFacts } from './facts.js';

/** Reverse proxies and web servers. */
export const PROXIES: readonly ImageFacts[] = [
  {
    names: ['nginx', 'nginxinc/nginx-unprivileged'],
    title: 'nginx',
    kind: 'proxy',
    ports: [
      { port: 80, use: 'web' },
      { port: 8080, use: 'web' },
    ],
    stateful: [],
    sources: ['https://hub.docker.com/_/nginx'],
  },
];
