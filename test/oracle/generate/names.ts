/** Names that services, resources and files refer to each other by. */
export const SERVICES = ['api', 'db', 'web', 'job'] as const;
export const NETWORKS = ['front', 'back', 'outer', 'default'] as const;
export const FILES = ['cert', 'token', 'given'] as const;
export const PROFILES = ['dev', 'ops'] as const;

/** Services that each one may depend on, so that no cycle is made but now and then. */
export const OTHERS: Readonly<Record<string, readonly string[]>> = {
  api: ['db', 'web'],
  job: ['db', 'web', 'api'],
  web: ['db'],
  db: [],
  base: [],
};

/** Variables of the process that every set is loaded with; `GONE` is never set. */
export const VARIABLES: Readonly<Record<string, string>> = {
  WORD: 'alpha',
  NUMBER: '3',
  TRUTH: 'true',
  EMPTY: '',
  SPACED: 'a b',
  PORT: '8090',
};
