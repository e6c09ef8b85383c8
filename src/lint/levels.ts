import type { Role } from '../workspace/roles.js';
import type { Settings } from '../workspace/settings.js';
import type { Level } from '../workspace/settings-schema.js';
import type { Rule, RuleMeta } from './rule.js';
import { UNUSED_SUPPRESSION } from './unused-suppressions.js';

/** Where a finding stands, as far as levels depend on it. */
export type Place = { readonly path: string; readonly role: Role | undefined; readonly service: string | undefined };

/** A rule's level, and whether somebody asked for just that one: then it also holds where the rule itself would differ. */
export type Choice = { readonly level: Level; readonly isAsked: boolean };

/** What was asked for on the command line. */
export type LevelRequest = { readonly only: ReadonlySet<string>; readonly rules: ReadonlyMap<string, Level> };

/** Which rules run, and at which level they speak. The command line wins over the settings, overrides over the rest. */
export type Levels = {
  /** Whether a rule speaks anywhere; one that does not is not run. */
  readonly isOn: (rule: Rule) => boolean;
  readonly at: (rule: Rule, place: Place) => Choice;
  /** Levels of the rules that run only so that it is known which suppressions are of use. */
  readonly basis?: Levels;
};

const IN_PRESET: Readonly<Record<RuleMeta['preset'], readonly RuleMeta['preset'][]>> = {
  recommended: ['recommended', 'strict', 'all'],
  strict: ['strict', 'all'],
  all: ['all'],
};

/**
 * Levels as the settings and the command line have them. Whoever asks only for unused suppressions has all the other rules
 * run as if nothing had been asked for, without hearing of what they find.
 */
export const levelsFor = (settings: Settings, request: LevelRequest): Levels => {
  const levels = levelsOf(settings, request);
  if (!request.only.has(UNUSED_SUPPRESSION)) return levels;
  return { ...levels, basis: levelsOf(settings, { ...request, only: new Set() }) };
};

const levelsOf = (settings: Settings, request: LevelRequest): Levels => {
  const general = ({ meta }: Rule): Choice => {
    const { id, severity } = meta;
    if (request.only.size > 0 && !request.only.has(id)) return { level: 'off', isAsked: true };
    const asked = request.rules.get(id) ?? settings.rules.get(id);
    if (asked !== undefined && !(asked === 'off' && request.only.has(id))) return { level: asked, isAsked: true };
    const isPresent = request.only.has(id) || IN_PRESET[meta.preset].includes(settings.preset);
    return { level: isPresent ? severity : 'off', isAsked: false };
  };
  const isDecided = ({ meta: { id } }: Rule): boolean =>
    request.rules.has(id) || (request.only.size > 0 && !request.only.has(id));
  return {
    isOn: (rule) => {
      if (general(rule).level !== 'off') return true;
      return !isDecided(rule) && settings.overrides.some(({ rules }) => (rules.get(rule.meta.id) ?? 'off') !== 'off');
    },
    at: (rule, { path, role, service }) => {
      if (isDecided(rule)) return general(rule);
      for (const override of settings.overrides.toReversed()) {
        const level = override.rules.get(rule.meta.id);
        if (level === undefined) continue;
        if (override.files && !override.files(path)) continue;
        if (override.services && (service === undefined || !override.services(service))) continue;
        if (override.roles && (role === undefined || !override.roles.has(role))) continue;
        return { level, isAsked: true };
      }
      return general(rule);
    },
  };
};
