import fc, { type Arbitrary } from 'fast-check';
import { type CaseArgs, DEFAULT_ARGS } from './case.js';
import { one, rarely } from './generate/arbitraries.js';
import { envFile, labelFile } from './generate/env-files.js';
import { baseFile, extendedFile, includedFile, overIncluded, overrideFile } from './generate/files.js';
import { PROFILES, VARIABLES } from './generate/names.js';
import { inclusion } from './generate/resources.js';
import { type Data, toYamlText } from './yaml-text.js';

/**
 * A set of files, and how it is loaded: Compose files as the documents in them, all others as texts.
 *
 * Two things that differ from run to run in docker compose itself are kept out, and nothing else: chains of `extends` in a
 * file with tags (see `laterService`), and which of several errors is named, of which only the decision is compared.
 */
export type ComposeSet = {
  readonly files: Readonly<Record<string, readonly Data[]>>;
  readonly texts: Readonly<Record<string, string>>;
  readonly args: CaseArgs;
};

/** The ways to name the files: `-f`, the variable, the default names, all documents in one file. */
const NAMINGS = ['arguments', 'arguments', 'variable', 'default', 'documents'] as const;

type Named = { readonly files: Readonly<Record<string, readonly Data[]>>; readonly args: Partial<CaseArgs> };

const named = (naming: (typeof NAMINGS)[number], [base = {}, ...overrides]: readonly Data[]): Named => {
  const numbered = Object.fromEntries(overrides.map((file, i) => [`override${i}.yml`, [file]]));
  const [first] = overrides;
  const names = ['compose.yml', ...Object.keys(numbered)];
  switch (naming) {
    case 'arguments':
      return { files: { 'compose.yml': [base], ...numbered }, args: { files: names } };
    case 'variable':
      return {
        files: { 'compose.yml': [base], ...numbered },
        args: { env: { ...VARIABLES, COMPOSE_FILE: names.join(':') } },
      };
    case 'default':
      return {
        files: { 'compose.yml': [base], ...(first === undefined ? {} : { 'compose.override.yml': [first] }) },
        args: {},
      };
    case 'documents':
      return { files: { 'compose.yml': [base, ...overrides] }, args: { files: ['compose.yml'] } };
  }
};

/** Options that most sets are loaded without. */
const options: Arbitrary<Partial<CaseArgs>> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: fc.constant({ projectName: null }) },
  { weight: 1, arbitrary: fc.constantFrom({ projectDirectory: 'sub' }, { projectDirectory: '.' }) },
  {
    weight: 5,
    arbitrary: fc.constantFrom<Partial<CaseArgs>>(
      { envFiles: ['b.env'] },
      { envFiles: ['.env', 'b.env'] },
      { services: ['web'] },
      { services: ['api'] },
      { configFlags: ['--no-normalize'] },
      { configFlags: ['--no-consistency'] },
      { configFlags: ['--no-path-resolution'] },
    ),
  },
);

const texts = fc.record({
  '.env': envFile('FROM_DOTENV=yes\n'),
  'a.env': envFile(),
  'b.env': envFile(),
  'a.labels': labelFile,
  'inc/.env': envFile(),
  'inc/a.env': envFile(),
  'sub/a.env': envFile(),
});

/** Files beside those of the set, in whose folder paths may start. */
const OTHER_TEXTS: Readonly<Record<string, string>> = {
  'inc/b.env': 'B=inc\n',
  'inc/a.labels': 'b=inc\n',
  'ext/a.env': 'A=ext\n',
  'sub/b.env': 'B=sub\n',
  'sub/a.labels': 'b=sub\n',
};

/** Random sets of Compose files: every attribute in every syntax, overrides, tags, extends, include, variables, profiles. */
export const composeSets: Arbitrary<ComposeSet> = fc
  .record({
    base: baseFile,
    overrides: fc.array(overrideFile, { maxLength: 2 }),
    extended: extendedFile('shared', fc.constant<Data>({})),
    chained: extendedFile(
      'chained',
      one({}, { extends: 'base' }, { extends: { service: 'shared', file: '../ext.yml' } }),
    ),
    included: rarely(fc.tuple(inclusion, includedFile, overIncluded), 1),
    profiles: fc.subarray([...PROFILES, '*']),
    allResources: fc.boolean(),
    naming: fc.constantFrom(...NAMINGS),
    options,
    texts,
  })
  .map(
    ({ base, overrides, extended, chained, included, profiles, allResources, naming, options: more, texts: some }) => {
      const first = included ? ({ ...(base as object), include: [included[0]] } as Data) : base;
      const { files, args } = named(naming, [first, ...overrides]);
      return {
        files: {
          ...files,
          'ext.yml': [extended],
          'sub/ext.yml': [chained],
          ...(included
            ? { 'inc/compose.yml': [included[1]], 'inc/more.yml': [included[2]], 'ext/other.yml': [included[2]] }
            : {}),
        },
        texts: { ...OTHER_TEXTS, ...some },
        args: { ...DEFAULT_ARGS, env: VARIABLES, profiles, allResources, ...args, ...more },
      };
    },
  );

/** The texts of all files of a set, by path. */
export const filesOf = ({ files, texts: given }: ComposeSet): Readonly<Record<string, string>> => ({
  ...given,
  ...Object.fromEntries(
    Object.entries(files).map(([path, documents]) => [path, documents.map((data) => toYamlText(data)).join('---\n')]),
  ),
});
