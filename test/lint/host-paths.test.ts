import { describe, expect, test } from 'vitest';
import { hostPath } from '../../src/lint/host-paths.js';

describe('what a path of the host gives away', () => {
  test.each([
    ['/', 'error', 'error'],
    ['/etc', 'error', 'error'],
    ['/etc/passwd', 'error', undefined],
    ['/etc/shadow', 'error', 'error'],
    ['/etc/ssh/ssh_host_ed25519_key', 'error', 'error'],
    ['/etc/sudoers.d/admins', 'error', 'warning'],
    ['/lib/modules/6.1.0', 'error', undefined],
    ['/proc', 'error', 'warning'],
    ['/sys/fs/cgroup', 'warning', undefined],
    ['/var/lib/docker', 'error', 'warning'],
    ['/root', 'error', 'error'],
    ['/home/someone', 'error', 'warning'],
    ['/Users/someone/.kube/config', 'error', 'warning'],
    ['/root/.ssh/id_ed25519', 'error', 'warning'],
  ])('%s', (path, writable, readOnly) => {
    const found = hostPath(path);
    expect([found?.writable, found?.readOnly]).toEqual([writable, readOnly]);
  });

  test.each([
    '/etc/localtime',
    '/etc/nginx',
    '/etc/letsencrypt/live',
    '/var/lib/postgresql',
    '/var/log',
    '/home/someone/project',
    '/root/.ssh/known_hosts',
    '/home/someone/.ssh/config',
    '/dev/dri',
    '/rooted',
    `/root/${'a'.repeat(5000)}`,
  ])('nothing to speak of: %s', (path) => {
    expect(hostPath(path)).toBeUndefined();
  });
});
