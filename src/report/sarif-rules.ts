import type { RuleMeta, Severity } from '../lint/rule.js';
import { rulePage } from '../lint/rule-page.js';
import { terminalMarkdown } from './terminal-markdown.js';

/** Severities as SARIF calls them. */
export const SARIF_LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** Severities as GitHub sorts by them: `problem.severity` of a rule. */
const PROBLEM_SEVERITIES: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'recommendation',
};

/** Columns that the plain text of a page is broken at. */
const PAGE_WIDTH = 100;

/**
 * A rule as SARIF describes it: a `reportingDescriptor` with its page as help, in plain text and in Markdown.
 * @param link Address of its page. SARIF has a place for it only if it is a whole one.
 */
export const ruleData = (rule: RuleMeta, link: string): object => {
  const { id, severity, preset, summary, description } = rule;
  const page = rulePage(rule);
  return {
    id,
    shortDescription: { text: `${summary}.` },
    fullDescription: { text: terminalMarkdown(description, PAGE_WIDTH, false).trimEnd(), markdown: description },
    help: { text: terminalMarkdown(page, PAGE_WIDTH, false), markdown: page },
    ...(/^https?:/.test(link) ? { helpUri: link } : {}),
    defaultConfiguration: { level: SARIF_LEVELS[severity] },
    properties: { tags: ['docker-compose', preset], 'problem.severity': PROBLEM_SEVERITIES[severity] },
  };
};
