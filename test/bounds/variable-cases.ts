import { compose, type Hostile, service, times } from './hostile.js';

/** What variables can do: references inside references, texts that grow, env files. */
export const VARIABLE_CASES: Readonly<Record<string, Hostile>> = {
  'nested defaults': {
    files: compose(() => service(`    hostname: "${'${A:-'.repeat(3000)}${'}'.repeat(3000)}"\n`)),
    fault: 'compose.yml:4:15: error: References are nested deeper than 100 levels. [too-large]',
  },
  'defaults that are never closed': {
    files: compose(() => service(`    hostname: "${'${A:-'.repeat(100_000)}"\n`)),
    fault: 'compose.yml:4:16: error: The reference in services.a.hostname is not valid. [invalid-interpolation]',
  },
  'nested defaults with one brace too many each': {
    files: compose(() => service(`    hostname: "${'${A:-{'.repeat(90)}${'}'.repeat(100_000)}"\n`)),
  },
  'many references': {
    files: compose(() => service(`    hostname: "${'${A:-b}'.repeat(100_000)}"\n`)),
    fault: 'compose.yml:4:15: error: The text has more than 1000 references to variables. [too-large]',
  },
  'references that are not valid': {
    files: compose(() => service(`    hostname: "${'${A'.repeat(100_000)}"\n`)),
    fault: 'compose.yml:4:16: error: The reference in services.a.hostname is not valid. [invalid-interpolation]',
  },
  'dollar signs': { files: compose(() => service(`    hostname: "${'$'.repeat(1_000_000)}"\n`)) },
  'references that end in one another': {
    files: compose(() => service(`    hostname: "${'${A-x}${'.repeat(50_000)}}"\n`)),
    fault: 'compose.yml:4:22: error: The reference in services.a.hostname is not valid. [invalid-interpolation]',
  },
  'a variable of variables that doubles': {
    files: () => ({
      'compose.yml': service('    hostname: $A40\n'),
      '.env': `A0=${'x'.repeat(1000)}\n${times(40, (i) => `A${i + 1}=\${A${i}}\${A${i}}\n`)}`,
    }),
    fault: '.env:11:5: error: The text is longer than 1000000 characters once its variables are put in. [too-large]',
  },
  'a variable of itself': {
    files: () => ({ 'compose.yml': service('    hostname: $A\n'), '.env': 'A=x\n'.concat('A=${A}${A}\n'.repeat(200)) }),
    fault: '.env:21:3: error: The text is longer than 1000000 characters once its variables are put in. [too-large]',
  },
  'nested defaults in .env': {
    files: () => ({ 'compose.yml': service(), '.env': `A=${'${A:-'.repeat(3000)}${'}'.repeat(3000)}\n` }),
    fault: '.env:1:3: error: References are nested deeper than 100 levels. [too-large]',
  },
  'a long variable in many texts': {
    files: () => ({
      'compose.yml': service(`    labels:\n${times(2000, (i) => `      l${i}: $A\n`)}`),
      '.env': `A=${'x'.repeat(900_000)}\n`,
    }),
    fault:
      'compose.yml:22:12: error: The texts of the stack are longer than 16000000 characters once their variables are put in. [too-large]',
  },
  'a quote in .env that is never closed': {
    files: () => ({ 'compose.yml': service(), '.env': 'A="b\n'.repeat(20_000) }),
    found:
      '.env:10001:1: error: There are more than 5000 findings of duplicate-variable: no further one is told. [too-large]',
  },
  'escapes in .env': {
    files: () => ({ 'compose.yml': service('    hostname: $A\n'), '.env': `A="${'\\n$X'.repeat(100_000)}"\n` }),
    fault: '.env:1:3: error: The text has more than 1000 references to variables. [too-large]',
  },
  'spaces in .env': {
    files: () => ({ 'compose.yml': service(), '.env': `A=b${' '.repeat(1_000_000)}c\n${' '.repeat(1_000_000)}\n` }),
    fault: '.env:1:3: error: The text is longer than 1000000 characters once its variables are put in. [too-large]',
  },
  'lines without a value in .env': { files: () => ({ 'compose.yml': service(), '.env': 'A\n'.repeat(20_000) }) },
  'an .env that is too long': {
    files: () => ({ 'compose.yml': service(), '.env': `A=${'b'.repeat(9_000_000)}\n` }),
    fault:
      'error: The env files and label files of the stack are larger than 8000000 bytes, counting repetitions. [too-large]',
  },
};
