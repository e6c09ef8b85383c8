import type { Analysis } from '../consolidate/analysis.js';
import { agreement, DUPLICATION_DEFINITION } from '../consolidate/overlap.js';
import { shortJson } from '../model/message.js';
import { formatPath } from '../model/path.js';
import type { ConsolidationInput } from './consolidation-input.js';
import { metricsOf } from './consolidation-metrics.js';
import { phasesOf, risksOf, usagesOf } from './consolidation-outcome.js';
import { planData } from './consolidation-plan-json.js';
import { anchorsOf, shownVariables } from './consolidation-reference.js';
import { issuesOf, plannedFor, strengthsOf } from './consolidation-services.js';
import { variableValue } from './variable-value.js';

const networkData = ({ topologies, communication }: Analysis): object => ({
  networks: topologies.map(({ stack, networks }) => ({ stack, networks })),
  communication: communication.map(({ from, to, purposes, reach }) => ({
    from,
    to,
    purposes,
    reach: Object.fromEntries(reach),
  })),
});

const duplicationData = (input: ConsolidationInput): object => {
  const { before, name, show } = input;
  return {
    definition: DUPLICATION_DEFINITION,
    ...before.duplication,
    services: before.overlaps.map((overlap) => ({
      service: overlap.service,
      files: [name(overlap.earlier.path), name(overlap.later.path)],
      ...agreement(overlap),
      settings: overlap.entries.map(({ path, kind, earlier, later }) => ({
        path: formatPath(path),
        kind,
        earlier: earlier ? show(earlier.text) : null,
        later: later ? show(later.text) : null,
      })),
    })),
    families: before.families.map(({ file, members, shared, differing }) => ({
      file: name(file.path),
      members,
      shared: shared.map(({ path }) => formatPath(path)),
      differing: differing.map(formatPath),
    })),
    ports: before.inventory.ports.map(({ service, file, text }) => ({ service, file: name(file), port: text })),
    volumes: before.inventory.volumes.map(({ name: volume, files, usedBy }) => ({
      volume,
      files: files.map(name),
      usedBy,
    })),
    variables: before.inventory.variables.map(({ service, name: variable, values }) => ({
      service,
      variable,
      values: Object.fromEntries(
        [...values].map(([file, { value }]) => [name(file), show(variableValue(before.subject, variable, value))]),
      ),
    })),
  };
};

/** All of the consolidation analysis of one folder as data. Paths are relative to it; credentials are masked. */
export const consolidationData = (input: ConsolidationInput): object => {
  const { before, after, consolidation, name, show } = input;
  const { inventory } = before;
  return {
    files: inventory.files.map(({ path, role }) => ({ path: name(path), role })),
    metrics: metricsOf(input),
    services: inventory.services.map((row) => ({
      name: row.name,
      files: Object.fromEntries([...row.files].map(([file, presence]) => [name(file), presence])),
      image: row.image ?? null,
      build: row.build ?? null,
      issues: issuesOf(input, row.name).map(({ rule, severity, message }) => ({ rule, severity, message })),
      strengths: strengthsOf(input, row.name),
      planned: plannedFor(input, row.name).map(({ id }) => id),
    })),
    dependencies: inventory.dependencies,
    topology: { before: networkData(before), after: networkData(after) },
    duplication: duplicationData(input),
    plan: planData(consolidation),
    layout: after.workspace.files.map(({ path, role, source }) => ({
      path: name(path),
      role,
      text: show(source.text),
    })),
    usage: usagesOf(input),
    migration: phasesOf(input),
    risks: risksOf(input).map(({ operations, ...risk }) => ({ ...risk, operations: operations.map(({ id }) => id) })),
    variables: { before: shownVariables(before, show), after: shownVariables(after, show) },
    anchors: anchorsOf(after).map((anchor) => ({ ...anchor, file: name(anchor.file), text: show(anchor.text) })),
  };
};

/** `fog-lint report --format json`. */
export const consolidationJson = (inputs: readonly ConsolidationInput[], version: string): string =>
  shortJson({ version, workspaces: inputs.map(consolidationData) });
