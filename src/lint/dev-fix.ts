import type { ComposePath } from '../model/path.js';
import { applyEdits } from '../source/edit.js';
import { basename, dirname, join } from '../source/path.js';
import { type Source, sourceOf } from '../source/source.js';
import type { DevKind, DevSetting } from './dev-settings.js';
import { move } from './edits/move.js';
import { type Place, pathOf, placeAt, placeAtSpan } from './edits/place.js';
import type { Fix } from './rule.js';
import type { FileSubject, StackSubject } from './subjects.js';

/** What of a setting moves: the item or entry that it is, or the whole entry of the service that it is a part of. */
const MOVES_WHOLE: ReadonlySet<DevKind> = new Set<DevKind>(['dev-command']);

const placeOf = (service: string, { kind, key, at }: DevSetting): Place | undefined =>
  MOVES_WHOLE.has(kind) ? placeAt(at.source, ['services', service, key]) : placeAtSpan(at);

const startsWith = (path: ComposePath, start: ComposePath): boolean => start.every((key, i) => path[i] === key);

/** The override that docker compose would load beside a base by itself; none for a base under another name. */
const overrideBeside = (base: FileSubject): string | undefined => {
  const [, name, ending] = /^((?:docker-)?compose)(\.ya?ml)$/.exec(basename(base.path)) ?? [];
  return name === undefined ? undefined : join(dirname(base.path), `${name}.override${ending}`);
};

const namesOf = (stacks: readonly StackSubject[]): string => stacks.map(({ name }) => `"${name}"`).join(' and ');

/**
 * The fix that moves a setting, as it is written, to the file for development, or to a new override.
 * @param target The file for development, where there is one.
 * @returns undefined where the setting came by an alias or a merge key, where the file has one of its own, or where no stack
 * loads both files.
 */
export const devFix = (
  service: string,
  setting: DevSetting,
  base: FileSubject,
  target: FileSubject | undefined,
): Fix | undefined => {
  const { stacks, kind: kindAt } = base.workspace;
  const place = placeOf(service, setting);
  const path = place && pathOf(place);
  if (!path || !startsWith(path, ['services', service, setting.key])) return undefined;
  const created = target ? undefined : overrideBeside(base);
  if (!target && (created === undefined || kindAt(created) !== undefined)) return undefined;
  const loading = stacks.filter(({ files }) => files.includes(base));
  const keeping = loading.filter(({ files }) => (target ? files.includes(target) : files.length === 1));
  const losing = loading.filter((stack) => !keeping.includes(stack));
  if (keeping.length === 0) return undefined;
  const to: Source = target?.source ?? sourceOf(created ?? '', '');
  const isItem = place.steps.at(-1)?.node.kind === 'sequence';
  const edits = move(place, to, isItem ? path.slice(0, -1) : path);
  if (!edits) return undefined;
  const inBase = edits.filter(({ at }) => at.source === base.source);
  const loss = losing.length === 0 ? '' : `; ${namesOf(losing)} ${losing.length === 1 ? 'loses' : 'lose'} it`;
  return {
    title: `Move it to ${basename(to.path)}${loss}`,
    applicability: losing.length === 0 ? 'safe' : 'unsafe',
    equalIn: keeping.map(({ name }) => name),
    edits: target ? edits : inBase,
    ...(created === undefined
      ? {}
      : {
          files: [
            {
              path: created,
              text: applyEdits(
                to,
                edits.filter(({ at }) => at.source === to),
              ),
            },
          ],
        }),
  };
};
