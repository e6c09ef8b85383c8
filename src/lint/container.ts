import type { Switch } from '../catalog/facts.js';
import { mountsOf, variablesOf, wordsOf } from '../model/service.js';
import { get, itemsOf, type Mapping, textOf } from '../model/value.js';
import { isInside } from '../source/path.js';
import type { ServiceSubject } from './subjects.js';

/** A word of a shell's command line without the quotes around it, and without the semicolon behind it. */
const unquoted = (word: string): string => {
  let [from, to] = [0, word.length];
  while (to > from && `"';`.includes(word.charAt(to - 1))) to -= 1;
  while (from < to && `"'`.includes(word.charAt(from))) from += 1;
  return word.slice(from, to);
};

/** Words of a service's entrypoint and command. A command line for a shell is taken apart at its white space. */
export const argumentsOf = (service: Mapping): readonly string[] =>
  ['entrypoint', 'command'].flatMap((key) =>
    wordsOf(get(service, key)).flatMap((word) =>
      String(word.value)
        .split(/\s+/)
        .map(unquoted)
        .filter((part) => part !== ''),
    ),
  );

/** Value of an option in a service's arguments: `--name=value` or `--name value`, with one dash or two; empty without a value. */
export const optionOf = (service: Mapping, name: string): string | undefined => {
  const words = argumentsOf(service);
  for (const [i, word] of words.entries()) {
    const [, given, value] = /^--?([^=]+)(?:=(.*))?$/.exec(word) ?? [];
    if (given !== name) continue;
    const next = words[i + 1];
    return value ?? (next === undefined || next.startsWith('-') ? '' : next);
  }
  return undefined;
};

/** A file or folder that a service brings into its container, and where from when it is a file of the project. */
export type ContainerPath = { readonly target: string; readonly source: string | undefined };

/** Paths of the container that mounts, configs and secrets put something at. Those of the image are not among them. */
export const containerPaths = ({ value, stack }: ServiceSubject): readonly ContainerPath[] => [
  ...mountsOf(value).map(({ type, target, sourceText }) => ({
    target,
    source: type === 'bind' ? sourceText : undefined,
  })),
  ...(['configs', 'secrets'] as const).flatMap((section) =>
    itemsOf(get(value, section)).map((item) => {
      const name = textOf(get(item, 'source')) ?? '';
      const target = textOf(get(item, 'target'));
      const folder = section === 'configs' ? '' : '/run/secrets';
      return {
        target: target?.startsWith('/') ? target : `${folder}/${target ?? name}`,
        source: textOf(get(stack.model, section, name, 'file')),
      };
    }),
  ),
];

/** Whether something is brought in at a path, around it or below it. */
export const isBroughtIn = (service: ServiceSubject, path: string): boolean =>
  containerPaths(service).some(({ target }) => isInside(target, path) || isInside(path, target));

/** Whether a service has an env file that is not there to be read, so that it may have any variable. */
export const hasUnreadVariables = ({ value, stack }: ServiceSubject): boolean =>
  itemsOf(get(value, 'env_file')).some((file) => stack.workspace.kind(textOf(get(file, 'path')) ?? '') !== 'file');

/** Value of a variable of a service; null for one that is passed on without a value, undefined for none. */
export const variableOf = (service: Mapping, name: string): string | null | undefined =>
  variablesOf(service).find((variable) => variable.name === name)?.text;

const isSet = (service: ServiceSubject, given: Switch): boolean => {
  const { value } = service;
  switch (given.kind) {
    case 'variable': {
      const text = variableOf(value, given.name);
      if (text === undefined || text === null || text === '') return text === null;
      if (given.unless?.some((name) => (variableOf(value, name) ?? '') !== '')) return false;
      return given.values ? given.values.includes(text.toLowerCase()) : true;
    }
    case 'option': {
      const text = optionOf(value, given.name);
      return text !== undefined && (given.values?.includes(text) ?? true);
    }
    case 'argument':
      return argumentsOf(value).some((word) => word.endsWith(given.ending));
    case 'file':
      return isBroughtIn(service, given.path);
  }
};

/** The first of some switches that a service sets. */
export const switchSet = (service: ServiceSubject, switches: readonly Switch[]): Switch | undefined =>
  switches.find((given) => isSet(service, given));

/** Whether a service's command comes from a script of the project, or from a build: then it may do anything. */
export const isScripted = (service: ServiceSubject): boolean => {
  const words = argumentsOf(service.value);
  return (
    words.some((word) => /\.(?:sh|py|js|rb)$/.test(word)) ||
    containerPaths(service).some(({ target }) => words.includes(target) && !/\.(?:conf|ya?ml|toml|ini)$/.test(target))
  );
};
