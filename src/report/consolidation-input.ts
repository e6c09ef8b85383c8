import { type Analysis, analyse } from '../consolidate/analysis.js';
import type { Consolidation } from '../consolidate/consolidate.js';
import type { Finding } from '../lint/finding.js';
import type { LintResult } from '../lint/run.js';
import { plainText } from '../model/message.js';
import type { Span } from '../source/source.js';
import { type Mask, maskFor } from './consolidation-plan.js';
import { shownPath } from './place.js';

/** Everything that the consolidation report is made of: the files today, the plan, and the files afterwards. */
export type ConsolidationInput = {
  readonly consolidation: Consolidation;
  readonly before: Analysis;
  readonly after: Analysis;
  readonly findings: readonly Finding[];
  readonly findingsAfter: readonly Finding[];
  /** Parts of the files that must not be shown. */
  readonly secrets: readonly Span[];
  /** Shows a text with its credentials masked. */
  readonly show: Mask;
  /** A path as the report names it: from the folder of the Compose files. */
  readonly name: (path: string) => string;
};

/** Puts together what a report needs. `lintAfter` looks at the files that the plan makes. */
export const consolidationInput = (
  consolidation: Consolidation,
  lint: LintResult,
  lintAfter: LintResult,
): ConsolidationInput => {
  const { analysis, proof } = consolidation;
  return {
    consolidation,
    before: analysis,
    after: consolidation.verdict === 'proven' ? analyse(proof.after) : analysis,
    findings: lint.findings,
    findingsAfter: lintAfter.findings,
    secrets: lint.secrets,
    show: maskFor(consolidation),
    name: (path) => (path.startsWith('/') ? shownPath(analysis.workspace.directory, path) : plainText(path)),
  };
};
