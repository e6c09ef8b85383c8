import { nameWords, oncePerName } from './name-words.js';

/** What tells a credential by its name or its form. Facts about names are words, never substrings. */

/** Words that make a name the name of a credential. */
const SECRET_WORDS: ReadonlySet<string> = new Set([
  'password',
  'passwords',
  'passwd',
  'passphrase',
  'pass',
  'pwd',
  'pw',
  'secret',
  'secrets',
  'token',
  'tokens',
  'apikey',
  'apikeys',
  'secretkey',
  'privatekey',
  'accesskey',
  'credential',
  'credentials',
  'creds',
  // Names that some programs write as one word.
  'requirepass',
  'masterauth',
  'rootpass',
  'adminpass',
  'userpass',
  'dbpass',
  'authpass',
  'authtoken',
  'accesstoken',
]);

/** Words that do so in front of `key`. */
const KEY_OWNERS: ReadonlySet<string> = new Set([
  'api',
  'private',
  'secret',
  'access',
  'encryption',
  'encrypt',
  'signing',
  'signature',
  'master',
  'auth',
  'jwt',
  'session',
  'crypto',
  'license',
  'account',
]);

/** Words that make a name doubtful: whether it holds a credential is seen from the value. */
const DOUBTFUL_WORDS: ReadonlySet<string> = new Set([
  'key',
  'keys',
  'auth',
  'salt',
  'cookie',
  'hash',
  'pepper',
  'signature',
  'htpasswd',
]);

/** Last words that make a name speak about a credential rather than hold one. */
const ABOUT_WORDS: ReadonlySet<string> = new Set([
  'age',
  'algo',
  'algorithm',
  'alg',
  'allowed',
  'arn',
  'attempts',
  'audience',
  'backend',
  'class',
  'claim',
  'count',
  'days',
  'dir',
  'directory',
  'disabled',
  'duration',
  'email',
  'enabled',
  'encoding',
  'endpoint',
  'expiration',
  'expire',
  'expires',
  'expiry',
  'field',
  'file',
  'files',
  'folder',
  'format',
  'group',
  'hasher',
  'hashing',
  'header',
  'host',
  'hours',
  'id',
  'ids',
  'issuer',
  'issuers',
  'key_id',
  'length',
  'level',
  'life',
  'lifetime',
  'limit',
  'link',
  'location',
  'manager',
  'max',
  'maximum',
  'method',
  'min',
  'minimum',
  'minutes',
  'mode',
  'name',
  'names',
  'path',
  'paths',
  'period',
  'policy',
  'port',
  'prefix',
  'provider',
  'regex',
  'region',
  'required',
  'reset',
  'rotation',
  'scheme',
  'seconds',
  'service',
  'size',
  'source',
  'storage',
  'store',
  'strategy',
  'suffix',
  'timeout',
  'ttl',
  'type',
  'uri',
  'url',
  'urls',
  'user',
  'username',
  'validity',
  'vault',
  'version',
  'window',
]);

/** First words that make a name a switch. */
const SWITCH_WORDS: ReadonlySet<string> = new Set([
  'allow',
  'disable',
  'enable',
  'has',
  'is',
  'no',
  'require',
  'requires',
  'show',
  'skip',
  'use',
  'uses',
  'validate',
  'verify',
  'with',
]);

/** Whether a name is that of a credential, may be, or is not. */
export type NameVerdict = 'secret' | 'doubtful' | 'other';

const isSecretWord = (word: string): boolean =>
  SECRET_WORDS.has(word) ||
  (/(password|passwd|passphrase)\d*$/.test(word) && word.length > 8) ||
  /^pg(pass|pwd)$/.test(word);

/** Beginnings of variables that build tools put into what every browser gets. */
const FOR_BROWSERS = /^(?:NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|VITE|REACT_APP|VUE_APP|GATSBY)_/;

/** Object stores call the name of a user an access key; the secret is the other one. */
const OBJECT_STORES: ReadonlySet<string> = new Set(['aws', 'minio', 'oss', 'r2', 's3', 'spaces']);

const isAccessKeyName = (words: readonly string[]): boolean =>
  /(?:^|_)access_?key$/.test(words.join('_')) && words.some((word) => OBJECT_STORES.has(word));

/** Judges a variable, option, label or key by its name. */
export const judgeName = oncePerName((name): NameVerdict => {
  if (FOR_BROWSERS.test(name)) return 'other';
  const words = nameWords(name).filter((word) => !/^\d+$/.test(word));
  const last = words.at(-1);
  if (last === undefined || (words.length === 1 && last === 'pwd')) return 'other';
  if ((words.length > 1 && ABOUT_WORDS.has(last)) || SWITCH_WORDS.has(words[0] ?? '')) return 'other';
  if (isAccessKeyName(words)) return 'other';
  if (words.some(isSecretWord)) return 'secret';
  const keyAt = words.findLastIndex((word) => word === 'key' || word === 'keys');
  if (keyAt > 0 && KEY_OWNERS.has(words[keyAt - 1] ?? '') && !words.includes('public')) return 'secret';
  return words.some((word) => DOUBTFUL_WORDS.has(word)) && !words.includes('public') ? 'doubtful' : 'other';
});

/** A credential that shows by its form, whatever it is called. */
export type ProviderPattern = {
  readonly what: string;
  readonly pattern: RegExp;
  /** What ends it, where the pattern is only how it begins: it goes as far as that, or to the end of the text. */
  readonly end?: RegExp;
};

/** Forms that providers give their credentials. Each pattern is linear: one character class, bounded repetition. */
const PROVIDER_PATTERNS: readonly ProviderPattern[] = [
  { what: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g },
  { what: 'a GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{36,251}\b/g },
  { what: 'a GitHub token', pattern: /\bgithub_pat_[A-Za-z0-9_]{22,251}\b/g },
  { what: 'a GitLab token', pattern: /\bglpat-[A-Za-z0-9_-]{20,64}\b/g },
  { what: 'a Stripe key', pattern: /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,128}\b/g },
  { what: 'a Slack token', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,128}\b/g },
  { what: 'a Google API key', pattern: /\bAIza[0-9A-Za-z_-]{35}\b/g },
  { what: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { what: 'a SendGrid key', pattern: /\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}\b/g },
  { what: 'a DigitalOcean token', pattern: /\bdo[opr]_v1_[a-f0-9]{64}\b/g },
  { what: 'a Hugging Face token', pattern: /\bhf_[A-Za-z0-9]{30,64}\b/g },
  { what: 'an OpenAI or Anthropic key', pattern: /\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{20,200}\b/g },
  { what: 'a JSON Web Token', pattern: /\beyJ[A-Za-z0-9_-]{8,500}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,2000}/g },
  {
    what: 'a private key',
    pattern: /-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY-----/g,
    end: /-----END [A-Z0-9 ]{0,64}-----/g,
  },
  {
    what: 'a password hash of htpasswd',
    pattern: /\b[A-Za-z0-9._-]{1,64}:\$(?:apr1|2[aby]|5|6)\$[A-Za-z0-9./$]{8,128}/g,
  },
];

/** What a text with one of these forms has in it. */
export const ANY_FORM = new RegExp(PROVIDER_PATTERNS.map(({ pattern }) => `(?:${pattern.source})`).join('|'));

/** The forms that a text may have: all of them, or none. */
export const formsIn = (text: string): readonly ProviderPattern[] => (ANY_FORM.test(text) ? PROVIDER_PATTERNS : []);

/** Values that a template asks to be replaced. */
const PLACEHOLDER =
  /^(?:change[\s_-]?(?:me|it|this|in)|changeme\d*|example|placeholder|dummy|todo|fixme|none|null|nil|undefined|unset|empty|redacted|hidden|xxx+|\*+|\.{3,}|replace[\s_-]?me|insert[\s_-]?here|not[\s_-]?set|to[\s_-]?be[\s_-]?set|fill[\s_-]?me[\s_-]?in)$|^<.*>$|^\[.*\]$|^%.*%$|^\{\{.*\}\}$|^(?:your|my|some|change|replace|insert|enter|put|set|example|sample)[\s_-](?:.*[\s_-])?(?:password|passwd|pass|secret|token|key|credentials?|here|this|value)(?:[\s_-]?here)?$/i;

/** Values that say themselves that they are not real: `test-token`, `fake_api_key`. */
const STUB = /^(?:test|fake|dummy|mock|stub)[\s_-](?:api[\s_-]?)?(?:key|token|secret|password|passwd|pass)$/i;

/** Whether a value only holds the place of a credential. */
export const isPlaceholder = (value: string): boolean =>
  value.length < 200 && (PLACEHOLDER.test(value) || STUB.test(value));

/** Whether a value stands in for one that somebody else gives out, such as the key of an API: it opens nothing. */
export const isStub = (name: string, value: string): boolean => {
  const words = nameWords(name);
  const isGivenOut = words.some((word) => /^(?:tokens?|apikeys?)$/.test(word)) || words.join('_').includes('api_key');
  return isGivenOut && value.length < 200 && STUB.test(value);
};

/** Whether a value under a credential's name is no credential: a switch, a number, a duration, a path, a plain address. */
export const isHarmless = (value: string): boolean =>
  value.length < 2 ||
  /^(?:true|false|yes|no|on|off|none|null|nil|unset|undefined|empty|not[\s_-]?set|enabled?|disabled?|required|optional|auto|default|always|never)$/i.test(
    value,
  ) ||
  /^[-+]?\d+(?:\.\d+)?(?:ns|us|ms|s|m|h|d|w|y|b|k|kb|mb|gb)?$/i.test(value) ||
  /^(?:~|\.{1,2})?\/[^\s:/]*\/[^\s:]*$/.test(value) ||
  /^[\w./-]+\.(?:json|pem|key|crt|cer|p12|jks|txt|ya?ml|env|conf)$/i.test(value) ||
  /^[a-z][a-z0-9+.-]*:\/\/[^@\s]*$/i.test(value);

/** Bits of information per character, estimated from how often each one occurs. */
const entropy = (value: string): number => {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
};

/** Whether a value looks random enough to be a credential, where its name leaves that open. */
export const looksRandom = (value: string): boolean => {
  if (value.length < 16 || value.length > 512 || !/^[A-Za-z0-9+/=_.-]+$/.test(value)) return false;
  const isHexadecimal = /^[0-9a-f]+$/i.test(value);
  const hasMix = /[0-9]/.test(value) && /[A-Za-z]/.test(value);
  const isWords = /^[a-z]+(?:[-_.][a-z0-9]+)*$/.test(value) && !/[0-9]{3}/.test(value);
  return hasMix && !isWords && entropy(value) > (isHexadecimal ? 2.8 : 3.5);
};
