import type { Consolidation } from '../consolidate/consolidate.js';
import { basename, relative } from '../source/path.js';
import { maskFor } from './consolidation-plan.js';
import type { Block, ChangedFile } from './document.js';

/** The files that a plan changes, before and after. Env files with values are left out; credentials are masked. */
export const changedFiles = (consolidation: Consolidation): readonly Block[] => {
  const { plan, analysis } = consolidation;
  const { renamed, override } = plan.layout;
  const show = maskFor(consolidation);
  const name = (path: string): string => relative(analysis.workspace.directory, path);
  const today = (path: string): string | undefined => {
    const text = analysis.subject.read(path)?.text;
    return text === undefined ? undefined : show(text);
  };
  const isRenamed = renamed !== undefined && plan.changes.has(renamed.path) && !plan.changes.get(renamed.path);
  const files = [...plan.changes].flatMap(([path, source]): readonly ChangedFile[] => {
    if (basename(path) === '.env' || (isRenamed && path === renamed.path)) return [];
    const former = isRenamed && path === override ? renamed.path : undefined;
    return [
      {
        name: name(path),
        formerName: former === undefined ? undefined : name(former),
        before: today(former ?? path),
        after: source && show(source.text),
      },
    ];
  });
  return files.length === 0 ? [] : [{ kind: 'changes', files }];
};
