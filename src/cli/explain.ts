import { Command } from 'commander';
import { type Found, findValue } from '../model/find.js';
import { inertText } from '../model/message.js';
import { type ComposePath, formatPath, parsePath } from '../model/path.js';
import { type Mapping, placeOfValue } from '../model/value.js';
import { explainJson, explainText, knownPaths, removedJson, removedText } from '../report/explain.js';
import { type Asked, startsWith, storyOf, takenBelow, wholeModel } from '../report/story.js';
import type { Removal } from '../resolve/reset.js';
import { DEFAULT_OPTIONS, type Resolved } from '../resolve/resolve.js';
import { nearest } from '../source/nearest.js';
import { RunError } from '../workspace/run-error.js';
import { COLOUR_MODES, type ColourMode, useColour } from './colour.js';
import { EXIT, type Io } from './io.js';
import { choice, examples } from './options.js';
import { openStack, type StackOptions, withStackOptions } from './stack-options.js';

type ExplainOptions = StackOptions & { readonly format: 'pretty' | 'json'; readonly color: ColourMode };

type Missing = Found & { readonly kind: 'missing' };

/** What tags took out at a path. Of a value that another one has taken the place of, only what it held counts. */
const removedAt = (
  model: Mapping,
  removals: readonly Removal[],
  asked: ComposePath,
): Pick<Asked, 'path' | 'removals'> | undefined => {
  for (const removal of removals.toReversed()) {
    const { path, value } = removal;
    if (!startsWith(asked, path)) continue;
    const held = findValue(value, asked.slice(path.length));
    if (held.kind === 'found' && held.path.length > 0)
      return { path: [...path, ...held.path], removals: [{ ...removal, lost: placeOfValue(held.value) }] };
    if (held.kind === 'found' || findValue(model, path).kind === 'missing')
      return { path, removals: removals.filter((other) => formatPath(other.path) === formatPath(path)) };
  }
  return undefined;
};

/** Looks into the model that docker compose prints, then into what tags took out, then into what no service uses. */
const find = (model: Mapping, { project, removals }: Resolved, text: string): Asked => {
  const asked = parsePath(text);
  const found = findValue(model, asked);
  const at = (path: ComposePath): readonly Removal[] =>
    removals.filter((removal) => removal.path.length === path.length && startsWith(removal.path, path));
  if (found.kind === 'found') {
    const taken = takenBelow(removals, found.path, found.value);
    return { ...found, isUnused: false, removals: at(found.path), taken };
  }
  const removed = removedAt(model, removals, asked);
  if (removed) return { ...removed, value: undefined, isUnused: false, taken: [] };
  const unused = project ? findValue(project.model, asked) : found;
  if (unused.kind === 'found') return { ...unused, isUnused: true, removals: at(unused.path), taken: [] };
  throw unknownPath(found);
};

/** Keys that are told of when there is no such one; the rest is counted. */
const MOST_KEYS = 20;

const hintFor = ({ key, path, value }: Missing): string => {
  const isCarriedOut = (key === 'include' && path.length === 0) || (key === 'extends' && path.length === 2);
  if (isCarriedOut)
    return `docker compose carries out \`${key}\` while it loads the files: each value tells whether it came along.`;
  const known = knownPaths(value, path);
  if (known.length === 0) return value.kind === 'scalar' ? `${formatPath(path)} is a single value.` : 'It is empty.';
  const more = known.length - MOST_KEYS;
  return `There is ${known.slice(0, MOST_KEYS).join(', ')}${more > 0 ? `, and ${more} more` : ''}.`;
};

const unknownPath = (found: Missing): RunError => {
  const where = found.path.length === 0 ? 'the model' : formatPath(found.path);
  const known = knownPaths(found.value, found.path);
  const keys = known.map((path) => parsePath(path).at(-1));
  const guess = nearest(found.key, keys.map(String));
  const at = guess === undefined ? undefined : known[keys.findIndex((key) => String(key) === guess)];
  return new RunError('unknown-path', {
    message: `${where} has no "${found.key}"`,
    hint: at === undefined ? hintFor(found) : `Did you mean "${at}"?`,
  });
};

/** `fog-lint explain`: one value's story, in order. */
export const explainCommand = (io: Io): Command =>
  withStackOptions(new Command('fog-lint explain'))
    .description("Tell one value's story: who wrote it, who changed it, who won")
    .argument('<path>', 'the value: services.web.ports, services.web.ports[0], services.web.labels["a.b"]')
    .argument('[files...]', 'the files of one stack, in order; none for what docker compose would load here')
    .option('--format <name>', 'pretty or json', choice(['pretty', 'json'] as const), 'pretty')
    .option('--color <when>', 'auto, always or never', choice(COLOUR_MODES), 'auto')
    .addHelpText(
      'after',
      examples(
        'explain services.web.image',
        'explain services.backend.ports docker-compose.yml docker-compose.dev.yml',
        'explain \'services.web.labels["com.example.owner"]\' --format json',
      ),
    )
    .action((text: string, files: readonly string[], options: ExplainOptions) => {
      const opened = openStack(files, options, { ...DEFAULT_OPTIONS, allResources: true }, io);
      if (opened.isRefused) io.exitCode = EXIT.findings;
      const { resolved } = opened;
      if (!resolved?.project) return;
      const { project } = resolved;
      const parsed = resolved.files.flatMap((path) => opened.read(path, () => undefined) ?? []);
      const asked = find(wholeModel(project), resolved, text);
      const { value, ...story } = storyOf(asked, { project, files: parsed, cwd: io.cwd });
      const isJson = options.format === 'json';
      const colour = useColour(options.color, io);
      const told = value ? { ...story, value } : undefined;
      if (isJson) io.write(inertText(told ? explainJson(told) : removedJson(story)));
      else io.write(inertText(told ? explainText(told, colour) : removedText(story, colour), true), true);
    });
