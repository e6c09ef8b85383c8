import { isInside } from '../source/path.js';
import type { Severity } from './rule.js';

/** How much a path of the host gives away. A level is absent where that way of mounting it is nothing to speak of. */
export type HostPath = {
  /** What it holds, for people, behind "…, which holds ". */
  readonly holds: string;
  readonly writable?: Severity;
  readonly readOnly?: Severity;
};

type Row = HostPath & {
  readonly path: string;
  /** `exact`: only the path itself; `below`: also what it holds. */
  readonly reach: 'exact' | 'below';
};

const row = (path: string, reach: Row['reach'], holds: string, writable?: Severity, readOnly?: Severity): Row => ({
  path,
  reach,
  holds,
  ...(writable ? { writable } : {}),
  ...(readOnly ? { readOnly } : {}),
});

/** Paths of a Linux host; the longest one that fits counts. Programs' own folders below /etc and /var are nothing to speak of. */
const ROWS: readonly Row[] = [
  row('/', 'exact', 'the whole file system of the host', 'error', 'error'),
  row('/etc', 'exact', "the host's configuration, password hashes included", 'error', 'error'),
  row('/etc/passwd', 'exact', "the host's users", 'error'),
  row('/etc/group', 'exact', "the host's groups", 'error'),
  row('/etc/shadow', 'exact', 'the password hashes of the host', 'error', 'error'),
  row('/etc/gshadow', 'exact', 'the password hashes of the host', 'error', 'error'),
  row('/etc/sudoers', 'exact', 'who may become root', 'error', 'warning'),
  row('/etc/sudoers.d', 'below', 'who may become root', 'error', 'warning'),
  row('/etc/ssh', 'below', "the host's keys", 'error', 'error'),
  row('/etc/pam.d', 'below', 'how the host lets people in', 'error'),
  row('/etc/cron.d', 'below', 'what the host runs as root', 'error'),
  row('/etc/crontab', 'exact', 'what the host runs as root', 'error'),
  row('/etc/systemd', 'below', 'what the host runs as root', 'error'),
  row('/etc/docker', 'below', 'the configuration of the Docker daemon', 'error'),
  row('/etc/kubernetes', 'below', 'the credentials of the cluster', 'error', 'error'),
  row('/proc', 'exact', 'the processes of the host and switches of its kernel', 'error', 'warning'),
  row('/proc/sys', 'below', 'switches of the kernel', 'error'),
  row('/sys', 'exact', 'the devices of the host and switches of its kernel', 'error', 'warning'),
  row('/sys/fs/cgroup', 'below', "the host's control groups", 'warning'),
  row('/sys/kernel', 'below', 'switches of the kernel', 'error'),
  row('/boot', 'below', 'the kernel that the host starts', 'error'),
  row('/dev', 'exact', 'every device of the host', 'error', 'warning'),
  row('/root', 'exact', "root's home, with keys and history", 'error', 'error'),
  row('/home', 'exact', "everybody's home, with keys and history", 'error', 'error'),
  row('/Users', 'exact', "everybody's home, with keys and history", 'error', 'error'),
  row('/usr', 'exact', "the host's programs", 'error'),
  row('/usr/bin', 'below', "the host's programs", 'error'),
  row('/usr/local/bin', 'below', "the host's programs", 'error'),
  row('/usr/sbin', 'below', "the host's programs", 'error'),
  row('/usr/lib', 'exact', "the host's programs", 'error'),
  row('/bin', 'below', "the host's programs", 'error'),
  row('/sbin', 'below', "the host's programs", 'error'),
  row('/lib', 'exact', "the host's programs", 'error'),
  row('/lib64', 'exact', "the host's programs", 'error'),
  row('/lib/modules', 'below', 'code for the kernel of the host', 'error'),
  row('/usr/lib/modules', 'below', 'code for the kernel of the host', 'error'),
  row('/var', 'exact', 'the data of every program of the host', 'error', 'error'),
  row('/var/lib', 'exact', 'the data of every program of the host', 'error', 'error'),
  row('/var/lib/docker', 'exact', 'all images, containers and volumes of the host', 'error', 'warning'),
  row('/var/lib/docker/volumes', 'below', 'the data of other containers', 'warning'),
  row('/var/lib/kubelet', 'below', 'the credentials of the cluster', 'error', 'error'),
];

/** Files and folders of a home that hold credentials, wherever the home is. */
const PERSONAL: readonly { readonly pattern: RegExp; readonly holds: string }[] = [
  { pattern: /\/\.ssh(?:\/(?!known_hosts$|config$)[^/]*)?$/, holds: "somebody's SSH keys" },
  { pattern: /\/\.aws(?:\/credentials)?$/, holds: "somebody's credentials for AWS" },
  { pattern: /\/\.kube(?:\/config)?$/, holds: "somebody's credentials for Kubernetes" },
  { pattern: /\/\.docker(?:\/config\.json)?$/, holds: "somebody's credentials for registries" },
  { pattern: /\/\.gnupg(?:\/|$)/, holds: "somebody's GnuPG keys" },
  { pattern: /\/\.config\/gcloud(?:\/|$)/, holds: "somebody's credentials for Google Cloud" },
  { pattern: /\/\.azure$/, holds: "somebody's credentials for Azure" },
  { pattern: /\/\.(?:netrc|git-credentials|pgpass)$/, holds: "somebody's credentials" },
  { pattern: /^\/(?:home|Users)\/[^/]+$/, holds: "somebody's home, with keys and history" },
];

/** Longest path that the kernel of a host takes. */
const LONGEST = 4096;

const fitting = (path: string): Row | undefined =>
  ROWS.filter((known) => (known.reach === 'exact' ? known.path === path : isInside(known.path, path))).sort(
    (a, b) => b.path.length - a.path.length,
  )[0];

/** What a path of the host gives away, or undefined when it is nothing to speak of. */
export const hostPath = (path: string): HostPath | undefined => {
  if (path.length > LONGEST) return undefined;
  const personal = PERSONAL.find(({ pattern }) => pattern.test(path));
  if (personal) return { holds: personal.holds, writable: 'error', readOnly: 'warning' };
  return fitting(path);
};
