import type { ImageFacts } from './facts.js';

/** Stores of objects and images. Their ports are made to be reached: clients upload and download by signed addresses. */
export const OBJECT_STORES: readonly ImageFacts[] = [
  {
    names: ['minio/minio', 'quay.io/minio/minio'],
    title: 'MinIO',
    kind: 'object-store',
    ports: [
      { port: 9000, use: 'web' },
      { port: 9001, use: 'admin' },
    ],
    // Where the data is, is the last word of `server /data`; the image has a volume on /data.
    stateful: [],
    probes: [{ test: ['CMD', 'mc', 'ready', 'local'], needs: 'an image of 2023-11 or later' }],
    secrets: [
      { name: 'MINIO_ROOT_PASSWORD', file: 'MINIO_ROOT_PASSWORD_FILE' },
      { name: 'MINIO_SECRET_KEY', file: 'MINIO_SECRET_KEY_FILE' },
    ],
    defaultCredentials: {
      user: 'minioadmin',
      replacedBy: ['MINIO_ROOT_PASSWORD', 'MINIO_ROOT_PASSWORD_FILE', 'MINIO_SECRET_KEY', 'MINIO_CONFIG_ENV_FILE'],
    },
    sources: [
      'https://github.com/minio/minio/blob/master/Dockerfile.release',
      'https://github.com/minio/minio/blob/master/docs/orchestration/docker-compose/docker-compose.yaml',
    ],
  },
  {
    names: ['bitnami/minio', 'bitnamilegacy/minio'],
    title: 'MinIO',
    kind: 'object-store',
    ports: [
      { port: 9000, use: 'web' },
      { port: 9001, use: 'admin' },
    ],
    stateful: [{ path: '/bitnami/minio/data', keeps: 'data' }],
    secrets: [{ name: 'MINIO_ROOT_PASSWORD', file: 'MINIO_ROOT_PASSWORD_FILE' }],
    defaultCredentials: { user: 'minio', replacedBy: ['MINIO_ROOT_PASSWORD', 'MINIO_ROOT_PASSWORD_FILE'] },
    sources: ['https://github.com/bitnami/containers/tree/main/bitnami/minio'],
  },
  {
    names: ['registry', 'distribution/distribution'],
    title: 'Docker Registry',
    kind: 'object-store',
    ports: [{ port: 5000, use: 'web' }],
    stateful: [{ path: '/var/lib/registry', keeps: 'data', movedBy: 'REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY' }],
    probes: [
      { test: ['CMD', 'wget', '-q', '--spider', 'http://127.0.0.1:5000/'], needs: 'HTTP without TLS on port 5000' },
    ],
    secrets: [{ name: 'REGISTRY_HTTP_SECRET' }],
    sources: ['https://hub.docker.com/_/registry', 'https://distribution.github.io/distribution/about/deploying/'],
  },
  {
    names: ['mcr.microsoft.com/azure-storage/azurite'],
    title: 'Azurite',
    kind: 'object-store',
    ports: [
      { port: 10000, use: 'web' },
      { port: 10001, use: 'web' },
      { port: 10002, use: 'web' },
    ],
    stateful: [],
    sources: ['https://learn.microsoft.com/en-us/azure/storage/common/storage-install-azurite'],
  },
  {
    names: ['localstack/localstack', 'localstack/localstack-pro'],
    title: 'LocalStack',
    kind: 'object-store',
    ports: [{ port: 4566, use: 'web' }],
    stateful: [{ path: '/var/lib/localstack', keeps: 'cache' }],
    hasHealthcheck: true,
    secrets: [{ name: 'LOCALSTACK_AUTH_TOKEN' }],
    hostUse: ['docker'],
    sources: [
      'https://docs.localstack.cloud/references/docker-images/',
      'https://github.com/localstack/localstack/blob/master/Dockerfile',
    ],
  },
  {
    names: ['chrislusf/seaweedfs', 'ghcr.io/chrislusf/seaweedfs'],
    title: 'SeaweedFS',
    kind: 'object-store',
    ports: [
      { port: 8333, use: 'web' },
      { port: 8888, use: 'web' },
      { port: 9333, use: 'admin' },
      { port: 8080, use: 'cluster' },
    ],
    stateful: [{ path: '/data', keeps: 'cache' }],
    sources: ['https://github.com/seaweedfs/seaweedfs/blob/master/docker/README.md'],
  },
];
