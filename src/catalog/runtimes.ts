import type { ImageFacts } from './facts.js';

/** Images to run something of one's own in: what they do, and how to probe it, is up to that. */
export const RUNTIMES: readonly ImageFacts[] = [
  ...[
    'node',
    'python',
    'php',
    'ruby',
    'golang',
    'rust',
    'perl',
    'elixir',
    'openjdk',
    'eclipse-temurin',
    'amazoncorretto',
  ].map(
    (name): ImageFacts => ({
      names: [name],
      title: `the runtime ${name}`,
      kind: 'runtime',
      ports: [],
      stateful: [],
      sources: [`https://hub.docker.com/_/${name}`],
    }),
  ),
  ...['maven', 'gradle', 'composer', 'swift', 'gcc', 'buildpack-deps', 'bash'].map(
    (name): ImageFacts => ({
      names: [name],
      title: `the tools of ${name}`,
      kind: 'runtime',
      ports: [],
      stateful: [],
      sources: [`https://hub.docker.com/_/${name}`],
    }),
  ),
  ...['alpine', 'ubuntu', 'debian', 'busybox', 'fedora', 'rockylinux', 'almalinux', 'amazonlinux', 'archlinux'].map(
    (name): ImageFacts => ({
      names: [name],
      title: `the system ${name}`,
      kind: 'runtime',
      ports: [],
      stateful: [],
      sources: [`https://hub.docker.com/_/${name}`],
    }),
  ),
  {
    // The tags with `dind` are a Docker daemon, which cannot do without privileges.
    names: ['docker'],
    title: 'Docker in a container',
    kind: 'runtime',
    ports: [],
    stateful: [{ path: '/var/lib/docker', keeps: 'cache' }],
    hostUse: ['docker', 'kernel'],
    sources: ['https://hub.docker.com/_/docker'],
  },
  {
    names: ['tomcat', 'jetty'],
    title: 'a server of Java applications',
    kind: 'runtime',
    ports: [{ port: 8080, use: 'web' }],
    stateful: [],
    sources: ['https://hub.docker.com/_/tomcat', 'https://hub.docker.com/_/jetty'],
  },
  {
    names: ['mcr.microsoft.com/dotnet/aspnet', 'mcr.microsoft.com/dotnet/sdk', 'mcr.microsoft.com/dotnet/runtime'],
    title: '.NET',
    kind: 'runtime',
    ports: [{ port: 8080, use: 'web' }],
    stateful: [],
    sources: ['https://github.com/dotnet/dotnet-docker/blob/main/README.aspnet.md'],
  },
];
