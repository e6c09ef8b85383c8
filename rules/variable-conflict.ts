import { isDatastore, knownImage } from '../src/lint/known-image.js';
import { mask } from '../src/lint/mask.js';
import { defineRule, type Problem } from '../src/lint/rule.js';
import type { ServiceSubject, StackSubject, WorkspaceSubject } from '../src/lint/subjects.js';
import { leafAt, writtenService } from '../src/lint/written-services.js';
import { type ServiceVariable, variablesOf } from '../src/model/service.js';
import { placeOfValue, type Scalar, type Value } from '../src/model/value.js';
import { relative } from '../src/source/path.js';
import { type Span, textAt } from '../src/source/source.js';

/** One of the values that a variable has, as it may be shown, and where. */
type Given = { readonly shown: string; readonly at: Span; readonly service: string; readonly file: string };

/** A part of a value as it may be shown. */
const shownPart = (text: string, value: Scalar, { workspace }: StackSubject): string =>
  workspace.show(value).includes(text) ? text : mask(text);

/** Texts that mean the same to the programs that read them. */
const meaningOf = (text: string): string => text.toLowerCase().replace(/^(["'])(.*)\1$/, '$2');

/** The text behind `:-` or `-`; undefined where it is empty, made of other variables, or a pattern that takes in others. */
const defaultIn = (reference: string): string | undefined => {
  const text = /^\$\{\w+:?-([^$]*)\}$/.exec(reference)?.[1]?.trim() ?? '';
  return text === '' || /[\\|*]/.test(text) ? undefined : text;
};

/** Calls `visit` for every reference below a value whose default was put in. */
const eachDefault = (value: Value, visit: (name: string, at: Span, value: Scalar) => void): void => {
  if (value.kind === 'mapping') for (const entry of value.entries.values()) eachDefault(entry.value, visit);
  else if (value.kind === 'sequence') for (const item of value.items) eachDefault(item, visit);
  else
    for (const origin of value.origins)
      if (origin.kind === 'interpolated')
        for (const { name, outcome, at } of origin.variables) if (outcome === 'default') visit(name, at, value);
};

/** Defaults that stand in for variables which nobody sets, by the name of the variable; each text once. */
const defaultsIn = (stack: StackSubject): ReadonlyMap<string, ReadonlyMap<string, Given>> => {
  const found = new Map<string, Map<string, Given>>();
  const add = (name: string, at: Span, value: Scalar, service: string): void => {
    const text = defaultIn(textAt(at));
    if (text === undefined) return;
    const texts = found.get(name) ?? new Map<string, Given>();
    const meaning = meaningOf(text);
    if (!texts.has(meaning))
      texts.set(meaning, {
        shown: shownPart(text, value, stack),
        at,
        service,
        file: relative(stack.workspace.directory, at.source.path),
      });
    found.set(name, texts);
  };
  for (const service of stack.services.values())
    eachDefault(service.value, (name, at, value) => add(name, at, value, service.name));
  return found;
};

/** The defaults of one variable, and the stacks that have several of them. */
type Conflict = { readonly texts: Map<string, Given>; readonly stacks: string[] };

/** Variables with several defaults in one stack, each once with all stacks that it is so in. */
function* differentDefaults({ stacks }: WorkspaceSubject): Generator<Problem> {
  const found = new Map<string, Conflict>();
  for (const stack of stacks)
    for (const [name, texts] of defaultsIn(stack)) {
      if (texts.size < 2) continue;
      const known: Conflict = found.get(name) ?? { texts: new Map(), stacks: [] };
      for (const [meaning, given] of texts) if (!known.texts.has(meaning)) known.texts.set(meaning, given);
      known.stacks.push(stack.name);
      found.set(name, known);
    }
  for (const [name, { texts, stacks: names }] of found) {
    const [first, ...others] = [...texts.values()];
    const last = others.at(-1);
    if (!first || !last) continue;
    yield {
      at: last.at,
      message: `Where nobody sets ${name}, it is ${last.shown} here, and ${first.shown} in "${first.service}" of ${first.file}.`,
      help: 'Give it one default everywhere, or set it in .env; two values need two names.',
      notes: [first, ...others.slice(0, -1)].map(({ at, shown, service }) => ({
        at,
        message: `${shown} in "${service}"`,
      })),
      evidence: name,
      stacks: names,
    };
  }
}

/** Names of variables by which a client and its datastore must agree. */
const SHARED = /(?:^|_)(?:USER|USERNAME|PASSWORD|PASS|DB|DATABASE|NAME|PORT|KEY|TOKEN|SECRET)(?:_|$)/;

type Holder = { readonly service: ServiceSubject; readonly variable: ServiceVariable; readonly isStore: boolean };

/** What the first file that has a service says of a variable. */
const saidFirst = ({ service, variable }: Holder, { files }: StackSubject): string | undefined =>
  files.flatMap((file) => leafAt(writtenService(file, service.name), ['environment', variable.name])?.text ?? [])[0];

const changedOnlyHere = (changed: Holder, kept: Holder, stack: StackSubject): Problem | undefined => {
  const { variable, service } = changed;
  const [at, other] = [placeOfValue(variable.value), placeOfValue(kept.variable.value)];
  const isLater = at && other && at.source !== other.source;
  if (!isLater || saidFirst(changed, stack) !== saidFirst(kept, stack)) return undefined;
  const rank = (span: Span): number => stack.files.findIndex(({ source }) => source === span.source);
  if (rank(at) < rank(other)) return undefined;
  const { show } = stack.workspace;
  return {
    at,
    message: `${variable.name} becomes ${show(variable.value)} for "${service.name}" here, and stays ${show(kept.variable.value)} for "${kept.service.name}": the two no longer agree.`,
    help: `Change it for "${kept.service.name}", too.`,
    notes: [{ at: other, message: `${show(kept.variable.value)} for "${kept.service.name}"` }],
    path: ['services', service.name, 'environment', variable.name],
    evidence: kept.service.name,
  };
};

/** Who has which of these variables in a stack, by the variable's name, and whether it is a datastore. */
const holdersIn = (stack: StackSubject): ReadonlyMap<string, readonly Holder[]> => {
  const byName = new Map<string, Holder[]>();
  for (const service of stack.services.values()) {
    const image = knownImage(service);
    const isStore = image !== undefined && isDatastore(image.facts);
    for (const variable of variablesOf(service.value)) {
      if (variable.text === null || !SHARED.test(variable.name)) continue;
      const holders = byName.get(variable.name);
      if (holders) holders.push({ service, variable, isStore });
      else byName.set(variable.name, [{ service, variable, isStore }]);
    }
  }
  return byName;
};

function* halfChanges(stack: StackSubject): Generator<Problem> {
  for (const holders of holdersIn(stack).values()) {
    const clients = holders.filter(({ isStore }) => !isStore);
    for (const store of holders) {
      if (!store.isStore) continue;
      const other = clients.find(({ variable }) => variable.text !== store.variable.text);
      const problem = other && (changedOnlyHere(store, other, stack) ?? changedOnlyHere(other, store, stack));
      if (problem) yield problem;
    }
  }
}

export default defineRule({
  meta: {
    id: 'variable-conflict',
    severity: 'info',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'One variable has different values where it should have one',
    description: `Two things are found. A variable that nobody sets has two defaults in one stack, \`\${TAG:-1.0}\` in one place and \`\${TAG:-2.0}\` in
another, so that setting it changes more than it seems to. And a file changes a variable by which a database and its clients agree
(\`POSTGRES_DB\`, \`MYSQL_USER\`) for one of them only, while the file below gave both the same value.

An override that changes a variable is not found: that is what it is for. Nor are empty defaults, and defaults that mean the
same (\`true\` and \`True\`).`,
    source: 'compose-spec 12-interpolation.md, 13-merge.md',
    bad: {
      'docker-compose.yml':
        'services:\n  db:\n    image: postgres:16\n    environment: {POSTGRES_DB: app}\n    volumes: ["data:/var/lib/postgresql/data"]\n  api:\n    image: example/api:1\n    environment: {POSTGRES_DB: app}\nvolumes:\n  data:\n',
      'docker-compose.dev.yml': 'services:\n  db:\n    environment: {POSTGRES_DB: app_dev}\n',
    },
    good: {
      'docker-compose.yml':
        'services:\n  db:\n    image: postgres:16\n    environment: {POSTGRES_DB: app}\n    volumes: ["data:/var/lib/postgresql/data"]\n  api:\n    image: example/api:1\n    environment: {POSTGRES_DB: app}\nvolumes:\n  data:\n',
      'docker-compose.dev.yml':
        'services:\n  db:\n    environment: {POSTGRES_DB: app_dev}\n  api:\n    environment: {POSTGRES_DB: app_dev}\n',
    },
    whenOff: 'When `.env` always sets the variables, and the defaults are never used.',
  },
  *checkWorkspace(workspace) {
    yield* differentDefaults(workspace);
  },
  *checkStack(stack) {
    if (stack.files.length > 1) yield* halfChanges(stack);
  },
});
