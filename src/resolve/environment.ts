import type { Environment } from '../model/environment.js';
import {
  type Entry,
  type Mapping,
  placeOfValue,
  scalar,
  textOf,
  type Value,
  withEntry,
  withOrigin,
} from '../model/value.js';
import { mapSection } from './section.js';

/** Where the value of a secret that is read from the environment is kept; it is never printed. */
export const SECRET_CONTENT = 'x-#value';

/** A text that got its value from the environment. */
const given = (value: Value, name: string, content: string, environment: Environment): Value => {
  const variable = environment.get(name);
  const result = scalar(content, value.origins);
  return variable
    ? withOrigin(result, { kind: 'environment', name, given: variable.value, source: variable.source })
    : result;
};

/** `NAME` alone in a list of variables becomes `NAME=value`. */
const variables = (service: Mapping, environment: Environment): Mapping => {
  const list = service.entries.get('environment');
  if (list?.value.kind !== 'sequence') return service;
  let changed = false;
  const items = list.value.items.map((item) => {
    const name = textOf(item);
    const variable = name === undefined ? undefined : environment.get(name);
    if (name === undefined || !variable) return item;
    changed = true;
    const at = placeOfValue(item);
    const content = given(item, name, variable.value, environment);
    const pair: Entry = at ? { key: at, value: content } : { value: content };
    return { ...scalar(`${name}=${variable.value}`, content.origins), pair };
  });
  return changed ? withEntry(service, 'environment', { ...list, value: { ...list.value, items } }) : service;
};

/** Content that a secret or a config takes from a variable. */
const contents =
  (key: string, environment: Environment) =>
  (resource: Mapping): Mapping => {
    const name = resource.entries.get('environment')?.value;
    const text = textOf(name);
    const variable = text === undefined ? undefined : environment.get(text);
    if (!name || text === undefined || !variable) return resource;
    return withEntry(resource, key, { value: given(name, text, variable.value, environment) });
  };

/** Takes the values of variables that are named without a value from the environment. @see compose-go loader/environment.go */
export const resolveEnvironment = (model: Mapping, environment: Environment): Mapping => {
  const services = mapSection(model, 'services', (service) => variables(service, environment));
  const secrets = mapSection(services, 'secrets', contents(SECRET_CONTENT, environment));
  return mapSection(secrets, 'configs', contents('content', environment));
};
