import { BOUNDS } from '../model/bounds.js';
import type { Fault, FaultSink } from '../model/fault.js';
import { faultList } from '../model/fault-list.js';
import { type ComposePath, formatPath } from '../model/path.js';
import { positionAt } from '../source/lines.js';
import type { Span } from '../source/source.js';

/** The faults of one run, one for each cause. */
export type FaultLog = {
  readonly all: () => readonly Fault[];
  /** Takes a fault, unless it is a known one or follows from one of an earlier step. */
  readonly report: FaultSink;
  /** Begins the next step: docker compose would not have come to it with an error of the steps before. */
  readonly nextStep: () => void;
  /** Whether an error stands at a path, inside of it, or around it, so that what is there says nothing. */
  readonly isBroken: (path: ComposePath) => boolean;
};

/** An error, when it came, and how deep in the model it is. */
type Known = { readonly at: Span | undefined; readonly step: number; readonly depth: number };

/** Errors of one line that are compared with later ones; more stand in a line only when it was made to hold them. */
const MOST_ON_A_LINE = 100;

const keyOf = (path: ComposePath): string => JSON.stringify(path.map(String));

const overlap = (a: Span, b: Span): boolean =>
  a.source.path === b.source.path && a.start <= b.end && b.start <= a.end && (a.start < b.end || a.end > b.start);

const lineOf = ({ source, start }: Span): string => `${source.path}:${positionAt(source, start).line}`;

/** What a fault says, whichever of the services that share a text it is said of. */
const saying = ({ message, path }: Fault): string => {
  if (!path) return message;
  const service = path[0] === 'services' ? path[1] : undefined;
  const text = message.replace(formatPath(path), '');
  return service === undefined ? text : text.replaceAll(`"${service}"`, '').replace(`services.${service}.`, '');
};

const placeKey = (at: Span | undefined, path: ComposePath | undefined): string =>
  at ? `${at.source.path}:${at.start}:${at.end}` : formatPath(path ?? []);

/**
 * Collects the faults of a run. A fault that is reached on two ways is one, and so are those of one text in two services that
 * share it. What a later step says of a value in which an earlier step found an error is left out: it has the same cause. So
 * is what it says of a file that is no YAML.
 */
export const faultLog = (): FaultLog => {
  const list = faultList();
  const said = new Set<string>();
  const byPath = new Map<string, Known>();
  const inside = new Set<string>();
  const misspelled = new Set<string>();
  const byLine = new Map<string, Known[]>();
  /** Files with a fault of syntax: what else they seem to say may not be what is meant. */
  const halfRead = new Map<string, number>();
  let step = 0;
  let left = BOUNDS.faults;

  const follows = ({ path, at }: Fault): boolean => {
    if (!at) return false;
    if ((halfRead.get(at.source.path) ?? step) < step) return true;
    for (let length = 0; path && length <= path.length; length += 1) {
      const known = byPath.get(keyOf(path.slice(0, length)));
      if (known && known.step < step && known.at?.source.path === at.source.path) return true;
    }
    const near = byLine.get(lineOf(at)) ?? [];
    const depth = path?.length ?? Number.POSITIVE_INFINITY;
    return near.some((known) => known.step < step && known.depth <= depth && known.at && overlap(known.at, at));
  };

  const remember = ({ rule, path, at, meant }: Fault): void => {
    if (rule === 'yaml-syntax' && at && !halfRead.has(at.source.path)) halfRead.set(at.source.path, step);
    if (!path || left === 0) return;
    left -= 1;
    if (meant) misspelled.add(keyOf(meant));
    const known: Known = { at, step, depth: path.length };
    const key = keyOf(path);
    if (!byPath.has(key)) byPath.set(key, known);
    for (let length = 0; length < path.length; length += 1) inside.add(keyOf(path.slice(0, length)));
    if (!at) return;
    const near = byLine.get(lineOf(at)) ?? [];
    if (near.length < MOST_ON_A_LINE) byLine.set(lineOf(at), [...near, known]);
  };

  return {
    all: list.all,
    report: (fault) => {
      const key = `${fault.rule} ${placeKey(fault.at, fault.path)} ${saying(fault)}`;
      if (said.has(key)) return;
      said.add(key);
      if (fault.severity !== 'error') {
        list.report(fault);
        return;
      }
      if (follows(fault)) return;
      list.report(fault);
      remember(fault);
    },
    nextStep: () => {
      step += 1;
    },
    isBroken: (path) => {
      if (inside.has(keyOf(path))) return true;
      for (let length = 0; length <= path.length; length += 1) {
        const key = keyOf(path.slice(0, length));
        if (byPath.has(key) || misspelled.has(key)) return true;
      }
      return false;
    },
  };
};
