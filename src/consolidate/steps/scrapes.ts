import { contentAt } from '../../lint/edits/content.js';
import { placeAt } from '../../lint/edits/place.js';
import { leavesOf } from '../../lint/leaves.js';
import { get, itemsOf, textOf, type Value } from '../../model/value.js';
import { absolute, basename, dirname, join, relative } from '../../source/path.js';
import { type Source, sourceOf } from '../../source/source.js';
import type { WorkspaceFile } from '../../workspace/workspace.js';
import { provenPairs } from '../claims.js';
import { attempt, insert, leafAt, rootOf, type Work } from '../work.js';
import { writtenService } from '../written.js';
import { mergesIn } from './merge.js';

type Config = { readonly target: string; readonly source: Source };

/** The Prometheus configuration that a file mounts into a service. */
const configOf = (work: Work, file: WorkspaceFile, service: string): Config | undefined => {
  const written = writtenService(file, service);
  for (const leaf of written ? leavesOf(written) : []) {
    if (leaf.path[0] !== 'volumes') continue;
    const from =
      leaf.value.kind === 'mapping' ? (textOf(get(leaf.value, 'source')) ?? '') : (leaf.text.split(':')[0] ?? '');
    if (!from.startsWith('.')) continue;
    const source = work.analysis.subject.read(absolute(dirname(file.path), from));
    if (source && rootOf(source)?.entries.has('scrape_configs')) return { target: String(leaf.path[1]), source };
  }
  return undefined;
};

const jobNames = (config: Source): readonly string[] => {
  const jobs = get(rootOf(config), 'scrape_configs');
  return itemsOf(jobs).flatMap((job: Value) => textOf(get(job, 'job_name')) ?? []);
};

/** The jobs of a configuration as a file of their own: the original text. */
const jobsText = (config: Source): string | undefined => {
  const place = placeAt(config, ['scrape_configs']);
  const content = place && contentAt(place);
  return content?.kind === 'text' ? `${content.lines.join('\n')}\n` : undefined;
};

const joinOne = (work: Work, service: string, overlay: WorkspaceFile, base: WorkspaceFile): void => {
  const [ours, theirs] = [configOf(work, base, service), configOf(work, overlay, service)];
  if (!ours || !theirs || ours.target !== theirs.target || ours.source.path === theirs.source.path) return;
  // The overlay has kept its own configuration.
  if (leafAt(work, overlay.path, service, ['volumes', ours.target])) return;
  const jobs = jobsText(theirs.source);
  const folder = join(dirname(ours.target), 'scrape.d');
  const label = overlay.label || 'overlay';
  const file = join(dirname(ours.source.path), `${label}.yml`);
  const mount = `./${relative(dirname(overlay.path), file)}:${join(folder, `${label}.yml`)}:ro`;
  const addition = `\n# Jobs of the overlays, each mounted by its own file\nscrape_config_files:\n  - ${folder}/*.yml\n`;
  if (
    work.decisions.scrapes === 'keep' ||
    jobs === undefined ||
    rootOf(ours.source)?.entries.has('scrape_config_files')
  ) {
    work.questions.push({
      id: `scrapes:${service}`,
      text: `${service} reads ${basename(ours.source.path)} now, and nobody scrapes ${jobNames(theirs.source).join(', ')}. Add the jobs of ${relative(work.analysis.workspace.directory, theirs.source.path)} to it.`,
      candidates: ['join', 'keep'],
      default: 'keep',
      setting: 'decisions.scrapes',
    });
    return;
  }
  attempt(
    work,
    {
      id: `create-file:${relative(work.analysis.workspace.directory, file)}`,
      kind: 'create-file',
      service,
      paths: [['services', service, 'volumes']],
      from: theirs.source.path,
      to: file,
      reason: `One ${service} is to scrape ${jobNames(ours.source).join(', ')} and, with ${basename(overlay.path)}, ${jobNames(theirs.source).join(', ')}.`,
      rule: 'isolated-monitoring',
      effect: `${service} scrapes ${jobNames(theirs.source).join(', ')} beside its own jobs wherever ${basename(overlay.path)} is loaded. It takes Prometheus 2.43 or later.`,
      claims: provenPairs(work).flatMap((pair) =>
        pair.before.includes(overlay.path)
          ? [{ stack: pair.name, path: ['services', service, 'volumes', join(folder, `${label}.yml`)], before: null }]
          : [],
      ),
      manual: [],
    },
    () => {
      const { source } = ours;
      const lineBreak = source.text.includes('\r\n') ? '\r\n' : '\n';
      const text = source.text.trimEnd() + lineBreak + addition.replaceAll('\n', lineBreak);
      work.texts.set(source.path, sourceOf(source.path, text, source.encoding));
      work.edited.add(source.path);
      work.texts.set(file, sourceOf(file, jobs));
      return insert(work, overlay.path, ['services', service, 'volumes'], 'item', mount);
    },
  );
};

/** Lets a merged Prometheus scrape what both of its definitions scraped. */
export const joinScrapes = (work: Work): void => {
  for (const { service, overlay, base } of mergesIn(work, work.layout.base)) joinOne(work, service, overlay, base);
};
