import { RunError } from '../workspace/run-error.js';
import { type Tally, tallied } from './counts.js';
import type { ShardMark } from './run-result.js';

/** A JSON object of a report, as it was read. */
type Data = Readonly<Record<string, unknown>>;

/** A report that was written before: what it is called, and its text. */
export type Part = { readonly name: string; readonly text: string };

/** Several reports as one, in their own format, and what it tells of. */
export type Merged = { readonly text: string; readonly tally: Tally };

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

const bad = (name: string, why: string): RunError => new RunError('bad-report', { message: `${name}: ${why}` });

const dataIn = (from: Data, key: string, name: string): readonly Data[] => {
  const list = from[key];
  if (Array.isArray(list) && list.every(isData)) return list;
  throw bad(name, `it has no list of ${key}`);
};

const field = (from: Data, key: string, name: string): Data => {
  const value = from[key];
  if (isData(value)) return value;
  throw bad(name, `it has no ${key}`);
};

const parsed = ({ name, text }: Part): Data => {
  try {
    const data: unknown = JSON.parse(text);
    if (isData(data)) return data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw bad(name, 'it is no report in JSON or SARIF');
};

type Read = { readonly name: string; readonly data: Data; readonly shard: ShardMark | undefined };

const shardIn = (from: Data): ShardMark | undefined => {
  const { shard } = from;
  const isMark = isData(shard) && typeof shard['number'] === 'number' && typeof shard['of'] === 'number';
  return isMark ? { number: Number(shard['number']), of: Number(shard['of']) } : undefined;
};

/**
 * Parts in their order, which is that of the whole run.
 * @throws {RunError} when a part is missing, or there twice: a report that lacks something must not look complete.
 */
const inOrder = (parts: readonly Read[]): readonly Read[] => {
  const marks = parts.flatMap(({ shard }) => shard ?? []);
  if (marks.length === 0) return parts;
  const of = marks[0]?.of ?? 0;
  const odd = parts.find(({ shard }) => shard?.of !== of);
  if (odd) throw bad(odd.name, `it is not one of ${of} parts`);
  for (let number = 1; number <= of; number += 1) {
    const found = parts.filter(({ shard }) => shard?.number === number);
    const [, second] = found;
    if (second) throw bad(second.name, `part ${number} of ${of} is there twice`);
    if (found.length === 0) throw new RunError('missing-part', { message: `part ${number} of ${of} is missing` });
  }
  return [...parts].sort((a, b) => (a.shard?.number ?? 0) - (b.shard?.number ?? 0));
};

/** What all parts say alike. @throws {RunError} when one says something else. */
const same = (what: string, values: readonly (readonly [name: string, value: unknown])[]): unknown => {
  const [[, first] = ['', undefined]] = values;
  const other = values.find(([, value]) => value !== first);
  if (other) throw bad(other[0], `its ${what} is ${String(other[1])}, that of the others is ${String(first)}`);
  return first;
};

const printed = (data: object): string => `${JSON.stringify(data, null, 2)}\n`;

const mergeJson = (given: readonly Read[]): Merged => {
  const parts = inOrder(given);
  const findings = parts.flatMap(({ data, name }) => dataIn(data, 'findings', name));
  const counts = parts.map(({ data, name }) => field(data, 'summary', name));
  const sum = (key: string): number => counts.reduce((total, count) => total + Number(count[key] ?? 0), 0);
  const merged = {
    version: same(
      'version',
      parts.map(({ name, data }) => [name, data['version']]),
    ),
    workspaces: parts.flatMap(({ data, name }) => dataIn(data, 'workspaces', name)),
    findings,
    summary: Object.fromEntries(Object.keys(counts[0] ?? {}).map((key) => [key, sum(key)])),
  };
  return { text: printed(merged), tally: tallied(findings.map(({ severity }) => severity)) };
};

/** Results with fingerprints that count anew which of the same ones each is. */
const recounted = (results: readonly Data[]): readonly Data[] => {
  const seen = new Map<string, number>();
  return results.map((result) => {
    const prints = result['partialFingerprints'];
    if (!isData(prints)) return result;
    const counted = Object.entries(prints).map(([key, print]) => {
      const bare = String(print).replace(/:\d+$/, '');
      const number = (seen.get(`${key} ${bare}`) ?? 0) + 1;
      seen.set(`${key} ${bare}`, number);
      return [key, `${bare}:${number}`];
    });
    return { ...result, partialFingerprints: Object.fromEntries(counted) };
  });
};

const isSilent = ({ suppressions }: Data): boolean => Array.isArray(suppressions) && suppressions.length > 0;

const mergeSarif = (given: readonly Read[]): Merged => {
  const runs = inOrder(
    given.flatMap(({ name, data }) =>
      dataIn(data, 'runs', name).map((run) => {
        const { properties } = run;
        return { name, data: run, shard: isData(properties) ? shardIn(properties) : undefined };
      }),
    ),
  );
  const drivers = runs.map(({ data, name }) => field(field(data, 'tool', name), 'driver', name));
  same(
    'version',
    drivers.map((driver, i) => [runs[i]?.name ?? '', driver['semanticVersion']]),
  );
  const rules = new Map(
    drivers.flatMap((driver, i) =>
      dataIn(driver, 'rules', runs[i]?.name ?? '').map((rule) => [String(rule['id']), rule] as const),
    ),
  );
  const ids = [...rules.keys()].sort();
  const results = recounted(runs.flatMap(({ data, name }) => dataIn(data, 'results', name))).map((result) => ({
    ...result,
    ruleIndex: ids.indexOf(String(result['ruleId'])),
  }));
  const [first] = runs;
  const { properties: _, ...run } = first?.data ?? {};
  const merged = {
    ...given[0]?.data,
    runs: [{ ...run, tool: { driver: { ...drivers[0], rules: ids.map((id) => rules.get(id)) } }, results }],
  };
  const levels = results.filter((result) => !isSilent(result)).map((result: Data) => result['level']);
  return { text: printed(merged), tally: tallied(levels) };
};

/**
 * Joins reports of one format, JSON or SARIF, as if one run had written them. Parts of a run come in the order of the run,
 * whatever the order of their files, and all of them must be there.
 * @throws {RunError} when a report cannot be read, is of another version or format, or a part is missing.
 */
export const mergeReports = (parts: readonly Part[]): Merged => {
  const read = parts.map((part): Read => {
    const data = parsed(part);
    return { name: part.name, data, shard: shardIn(data) };
  });
  const isSarif = same(
    'format',
    read.map(({ name, data }) => [name, Array.isArray(data['runs']) ? 'SARIF' : 'JSON']),
  );
  return isSarif === 'SARIF' ? mergeSarif(read) : mergeJson(read);
};
