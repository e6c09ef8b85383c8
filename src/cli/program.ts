import type { Script } from 'node:vm';
import type { Main } from './run.js';

/** The bundles of the package: of all commands, and of `config` alone. */
export const PROGRAMS = ['main', 'config'] as const;

/** A bundle of the package by name. */
export type ProgramName = (typeof PROGRAMS)[number];

/** What the build puts around each bundle: it is compiled as one function, as it stands in its file. */
export const WRAPPER = { start: '(function (module, require) {', end: '})' } as const;

/** A bundle, compiled, and what it exports. */
export type Program = { readonly script: Script; readonly main: Main };

/**
 * What the bundle gets when it asks for a module of Node. Asking for `process` would open the standard streams, and
 * `child_process` loads half of the network: no command of fog-lint is a program of its own, which is all that commander
 * wants it for.
 */
const OWN: Readonly<Record<string, unknown>> = { process, 'node:process': process, 'node:child_process': {} };

/** Packages that are large, and loaded by few commands, and the file beside the bundles that holds each. */
export const APART: Readonly<Record<string, string>> = {
  '@hpcc-js/wasm-graphviz': './graphviz.cjs',
  'vscode-languageserver/node': './protocol.cjs',
};

/** Modules of Node, and the packages beside the bundle, found from where it lies. */
const requireFrom =
  (filename: string) =>
  (name: string): unknown =>
    OWN[name] ??
    process.getBuiltinModule(name) ??
    process.getBuiltinModule('node:module').createRequire(filename)(APART[name] ?? name);

/** Where the build keeps the code that one V8 on one kind of machine has compiled: no other can use it. */
export const codeCachePath = (folder: string, name: ProgramName): string =>
  `${folder}/${name}-v8-${process.versions.v8}-${process.platform}-${process.arch}.cache`;

/**
 * Most runs are over before it pays to have V8 optimise what is called a few times, which takes a fifth of a short run. Nine
 * times as much is interpreted before it does; long runs get there, too. The V8 of Node 22 does not know the flag.
 */
const interpretLonger = (): void => {
  if (process.versions.v8.startsWith('11.3.'))
    process.getBuiltinModule('node:v8').setFlagsFromString('--interrupt-budget=600000');
};

const codeCache = (folder: string, name: ProgramName): Buffer | undefined => {
  try {
    return process.getBuiltinModule('node:fs').readFileSync(codeCachePath(folder, name));
  } catch {
    return undefined;
  }
};

/**
 * Loads a bundle from its folder. Compiling takes a third of a short run, so the build keeps what V8 made of
 * the bundle (`src/dev/code-cache.ts`); where there is nothing for this V8, or V8 refuses it for its own version, its flags or
 * a length, the bundle is compiled.
 */
export const loadProgram = (folder: string, name: ProgramName): Program => {
  // `config` ends before V8 would do so, and asking for the module of flags takes as long as it saves.
  if (name === 'main') interpretLonger();
  const { Script } = process.getBuiltinModule('node:vm');
  const filename = `${folder}/${name}.cjs`;
  // The bundle is ASCII, which is read faster than UTF-8.
  const source = process.getBuiltinModule('node:fs').readFileSync(filename, 'latin1');
  const cachedData = codeCache(folder, name);
  const script = new Script(source, {
    filename,
    ...(cachedData ? { cachedData } : {}),
  });
  const module = { exports: {} as { main: Main } };
  script.runInThisContext()(module, requireFrom(filename));
  return { script, main: module.exports.main };
};
