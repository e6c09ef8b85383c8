import { compose, type Hostile, service, times } from './hostile.js';

/** What YAML alone can do: aliases, depth, length, and texts that are no YAML. */
export const YAML_CASES: Readonly<Record<string, Hostile>> = {
  'aliases of aliases': {
    files: compose(
      () =>
        `x-0: &a0 [${'x,'.repeat(9)}x]\n${times(12, (i) => `x-${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}*a${i}]\n`)}${service()}`,
    ),
    fault: 'compose.yml:5:39: error: The file holds more than 100000 values once its aliases are expanded. [too-large]',
  },
  'merge keys of merge keys': {
    files: compose(
      () =>
        `x-0: &a0 {${times(9, (i) => `k${i}: v,`)}}\n${times(20, (i) => `x-${i + 1}: &a${i + 1}\n${times(9, (j) => `  m${j}: {<<: *a${i}}\n`)}`)}${service()}`,
    ),
    fault:
      'compose.yml:43:12: error: The file holds more than 100000 values once its aliases are expanded. [too-large]',
  },
  'an alias inside of itself': {
    files: compose(() => `x-a: &a\n  b: [*a]\n${service()}`),
    fault: 'compose.yml:2:7: error: The value of anchor "a" contains itself. [yaml-syntax]',
  },
  'a merge of itself': {
    files: compose(() => `x-a: &a\n  <<: *a\n${service()}`),
    fault: 'compose.yml:2:7: error: The value of anchor "a" contains itself. [yaml-syntax]',
  },
  'many anchors': { files: compose(() => `${times(5000, (i) => `x-${i}: &a${i} v\n`)}${service()}`) },
  'many unknown anchors': {
    files: compose(() => `${times(5000, (i) => `x-${i}: *a${i}\n`)}${service()}`),
    fault: 'compose.yml:1:6: error: No anchor is called "a0". [yaml-syntax]',
  },
  'nested flow lists': {
    files: compose(() => `x-a: ${'['.repeat(50_000)}`),
    fault: 'compose.yml:1:205: error: Mappings and lists are nested deeper than 200 levels. [too-large]',
  },
  'nested flow lists that are closed': {
    files: compose(() => `x-a: ${'['.repeat(50_000)}${']'.repeat(50_000)}\n${service()}`),
    fault: 'compose.yml:1:205: error: Mappings and lists are nested deeper than 200 levels. [too-large]',
  },
  'nested flow mappings': {
    files: compose(() => `x-a: ${'{a: '.repeat(50_000)}${'}'.repeat(50_000)}\n`),
    fault: 'compose.yml:1:802: error: Mappings and lists are nested deeper than 200 levels. [too-large]',
  },
  'nested mappings': {
    files: compose(() => `x-a:\n${times(2000, (i) => `${' '.repeat(i + 1)}k:\n`)}${service()}`),
    fault: 'compose.yml:201:201: error: Mappings and lists are nested deeper than 200 levels. [too-large]',
  },
  'nested lists': {
    files: compose(() => `x-a:\n  ${'- '.repeat(20_000)}x\n`),
    fault: 'compose.yml:2:401: error: Mappings and lists are nested deeper than 200 levels. [too-large]',
  },
  'nested explicit keys': {
    files: compose(() => `${'? '.repeat(20_000)}x\n`),
    fault: 'compose.yml:1:401: error: Mappings and lists are nested deeper than 200 levels. [too-large]',
  },
  'a file that is too long': {
    files: compose(() => `# ${'x'.repeat(8_000_000)}\n`),
    fault: 'compose.yml:1:1: error: The file is longer than 8000000 characters. [too-large]',
  },
  'a huge text': { files: compose(() => service(`    hostname: "${'a'.repeat(2_000_000)}"\n`)) },
  'a huge key': {
    files: compose(() => `? x-${'k'.repeat(2_000_000)}\n: 1\n${service()}`),
    fault: 'compose.yml:1:3: error: The key is longer than 1024 characters. [too-large]',
  },
  'a huge name of a service': {
    files: compose(() => `services:\n  ? ${'k'.repeat(500_000)}\n  :\n${times(1000, (i) => `    y-${i}: 1\n`)}`),
    fault: 'compose.yml:2:5: error: The key is longer than 1024 characters. [too-large]',
  },
  'lines of spaces in quotes': {
    files: compose(() =>
      service(`    hostname: "a${' '.repeat(500_000)}\n${`${' '.repeat(50)}\n`.repeat(20_000)}      b"\n`),
    ),
  },
  documents: {
    files: compose(() => `${times(20_000, () => '---\nx-a: 1\n')}---\n${service()}`),
    fault: 'compose.yml:2001:1: error: The file has more than 1000 documents. [too-large]',
  },
  'empty documents': {
    files: compose(() => '---\n'.repeat(100_000)),
    fault: 'compose.yml:1001:1: error: The file has more than 1000 documents. [too-large]',
  },
  comments: { files: compose(() => `${service()}${'# c\n'.repeat(30_000)}`) },
  'comments between keys': { files: compose(() => times(4000, (i) => `# c\nx-${i}: 1 # d\n`)) },
  'many keys': { files: compose(() => `${times(10_000, (i) => `x-${i}: 1\n`)}${service()}`) },
  'too many items': {
    files: compose(() => `x-a: [${'x,'.repeat(110_000)}]\n${service()}`),
    fault:
      'compose.yml:1:200003: error: The file holds more than 100000 values once its aliases are expanded. [too-large]',
  },
  'keys given twice': {
    files: compose(() => service('    hostname: a\n'.repeat(11_000))),
    fault: 'compose.yml:5:5: error: The key "hostname" is given twice in one mapping. [duplicate-key]',
  },
  'keys that are no strings': {
    files: compose(() => `x-a:\n${times(10_000, (i) => `  ${i}: a\n`)}`),
    fault: 'compose.yml:2:3: error: The key 0 is not a string to YAML. [schema]',
  },
  directives: {
    files: compose(() => `${'%FOO bar\n'.repeat(11_000)}---\n${service()}`),
    fault: 'compose.yml:1:1: error: Unknown directive %FOO. [yaml-syntax]',
  },
  tabs: {
    files: compose(() => service('\t\n'.repeat(20_000))),
    fault: 'compose.yml:4:1: error: A tab stands where only spaces may stand. [yaml-syntax]',
  },
};
