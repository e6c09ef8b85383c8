import type { RuleMeta } from '../../lint/rule.js';
import { changedFiles } from '../consolidation-changes.js';
import { layoutGraphs } from '../consolidation-graphs.js';
import type { ConsolidationInput } from '../consolidation-input.js';
import { planDocument } from '../consolidation-plan.js';
import { consolidationDocument } from '../consolidation-report.js';
import type { Document } from '../document.js';
import { blockHtml, type Draw } from './blocks.js';
import { drawing } from './drawing.js';
import { findingsHtml } from './findings.js';
import { html } from './html.js';
import { loadLayOut } from './layout.js';
import { type PagePart, type PageSection, pageText } from './page.js';

const partOf = ({ title, sections }: Document, draw: Draw): PagePart => ({
  title,
  sections: sections.map((section) => ({
    title: section.title,
    content: html`${section.blocks.map((block) => blockHtml(block, draw))}`,
  })),
});

/** Loads what draws. */
const loadDraw = async (): Promise<Draw> => {
  const layOut = await loadLayOut();
  return (graph) => drawing(graph, layOut);
};

/** The sections with another one behind the first. */
const withSecond = ({ title, sections }: PagePart, second: PageSection): PagePart => ({
  title,
  sections: [...sections.slice(0, 1), second, ...sections.slice(1)],
});

/** Rules that have findings. */
const foundRules = (inputs: readonly ConsolidationInput[], rules: readonly RuleMeta[]): readonly RuleMeta[] => {
  const found = new Set(inputs.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
  return rules.filter(({ id }) => found.has(id));
};

/**
 * `fog-lint report` as a page: all of the analysis with its graphs drawn, the findings with their source lines, and the
 * plan as a comparison of files.
 * @param rules What is known about every rule.
 */
export const consolidationPage = async (
  inputs: readonly ConsolidationInput[],
  rules: readonly RuleMeta[],
  version: string,
): Promise<string> => {
  const draw = await loadDraw();
  const parts = inputs.map((input, i) => {
    const { findings, secrets, name } = input;
    const content = findingsHtml([{ findings, hidden: secrets, name }], `findings-${i + 1}`);
    return withSecond(partOf(consolidationDocument(input), draw), { title: 'Findings', content });
  });
  return pageText({ version, parts, rules: foundRules(inputs, rules) });
};

/**
 * `fog-lint consolidate` as a page: the plan, its proof, the files before and after, side by side, and where each service
 * lives.
 */
export const planPage = async (inputs: readonly ConsolidationInput[], version: string): Promise<string> => {
  const draw = await loadDraw();
  const parts = inputs.map((input) => {
    const { title, sections } = planDocument(input.consolidation);
    const more = [
      { title: 'Changes', blocks: changedFiles(input.consolidation) },
      { title: 'Services by file', blocks: layoutGraphs(input) },
    ];
    const all = [...sections, ...more].filter(({ blocks }) => blocks.length > 0);
    return partOf({ title, sections: all }, draw);
  });
  return pageText({ version, parts, rules: [] });
};
