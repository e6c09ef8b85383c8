import { consolidate } from '../../src/consolidate/consolidate.js';
import { basename } from '../../src/source/path.js';
import { openTexts } from './open.js';

/** Texts by their paths from the folder. */
export type Files = Readonly<Record<string, string>>;

/** What a plan says and makes, as a text: operations, questions, files, and what each stack loses or wins. */
export const outcome = (files: Files): string => {
  const { plan, proof, verdict, withdrawn } = consolidate(openTexts(files));
  const lines = [
    verdict,
    ...plan.operations.map(({ kind, service, effect, manual }) =>
      [
        `${kind}${service === undefined ? '' : ` of ${service}`}: ${effect}`,
        ...manual.map((line) => `  $ ${line}`),
      ].join('\n'),
    ),
    ...plan.questions.map(({ text, default: otherwise, setting }) => `? ${text} (${setting}, else ${otherwise})`),
    ...proof.differences.map(({ stack, path, before, after }) => `${stack}: ${path.join('.')}: ${before} → ${after}`),
    ...withdrawn.map(({ operation }) => `left out: ${operation.id}`),
    ...[...plan.changes].map(([path, source]) =>
      source ? `=== ${basename(path)}\n${source.text}` : `=== ${basename(path)} goes`,
    ),
  ];
  return `\n${lines.join('\n').trimEnd()}\n`;
};
