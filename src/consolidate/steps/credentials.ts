import { replaceParts } from '../../lint/edits/replace.js';
import { mask } from '../../lint/mask.js';
import { defaultOf, type Same, sameCredentials, surroundingsOf } from '../../lint/same-credential.js';
import { GENERIC, nameByHolder, replacedBy, variableOfDefaults, variablesOfDefaults } from '../../lint/secret-fix.js';
import { type Secret, secretsIn } from '../../lint/secrets.js';
import { isOfShells } from '../../lint/shell-variables.js';
import { freeName } from '../../source/free-name.js';
import { basename } from '../../source/path.js';
import { NO_CHANGE } from '../operation.js';
import { apply, attempt, rootOf, type Work } from '../work.js';

const VARIABLE = /^[A-Z][A-Z0-9_]*$/;

const isLiteral = ({ certainty, at }: Secret): boolean =>
  certainty === 'literal' || (certainty === 'placeholder' && defaultOf(at) === undefined);

/** Whether an env file can hold a credential as it is, and a variable stand in its place. */
const isMovable = (secret: Secret): boolean =>
  (isLiteral(secret) || variablesOfDefaults([secret.at]).size > 0) && !/[$\r\n'"\\]/.test(secret.text);

const serviceOf = ({ path }: Secret): string | undefined =>
  path[0] === 'services' && path[1] !== undefined ? String(path[1]) : undefined;

/** The name that a credential's variable could have: its own, or one made of where it stands. */
const nameFor = (secret: Secret, whole: Secret | undefined): string => {
  const own = (whole ?? secret).name;
  const service = (serviceOf(secret) ?? 'app').replace(/\W+/g, '_').toUpperCase();
  if (whole && own !== undefined && VARIABLE.test(own)) return GENERIC.test(own) ? `${service}_${own}` : own;
  return nameByHolder(secret) ?? `${service}_PASSWORD`;
};

/** Credentials of one text, by the variable that is to hold them; a name that is taken for another value gets the service's. */
const variableOf = (
  work: Work,
  group: readonly [Secret, ...Secret[]],
  taken: ReadonlyMap<string, string | undefined>,
  given: ReadonlySet<string>,
): string => {
  const whole = group.find((secret) => secret.isWhole);
  const wanted = nameFor(group[0], whole);
  const value = group[0].text;
  const isFree = (name: string): boolean => {
    if (isOfShells(name) || given.has(name)) return false;
    const known = work.variables.get(name)?.value;
    return known === undefined ? !taken.has(name) || taken.get(name) === value : known === value;
  };
  if (isFree(wanted)) return wanted;
  const prefixed = `${(serviceOf(group[0]) ?? 'app').replace(/\W+/g, '_').toUpperCase()}_${wanted}`;
  return freeName(prefixed, isFree, '_');
};

/** The places of a credential that a variable takes, the first one that is written out, and the variable's name. */
type Moved = { readonly group: Same; readonly first: Secret; readonly name: string };

/**
 * What becomes of a credential. Where it is written out in one place, and the default of a variable in another, that variable
 * is put in everywhere. What is a default and nothing else works for everybody as it is: it stays.
 */
const movedFrom = (
  work: Work,
  group: Same,
  taken: ReadonlyMap<string, string | undefined>,
  given: ReadonlySet<string>,
): Moved | undefined => {
  const [first, ...others] = group.filter(isLiteral);
  if (!first) return undefined;
  const places = group.map(({ at }) => at);
  const texts = [...work.texts.values()].map(({ text }) => text);
  const name = variableOfDefaults(places, texts);
  const isFree = name !== undefined && !given.has(name) && [undefined, first.text].includes(taken.get(name));
  if (isFree) return { group, first, name };
  return { group: [first, ...others], first, name: variableOf(work, [first, ...others], taken, given) };
};

/** Puts variables in the place of credentials; their values go to `.env`, so that every stack stays as it is. */
export const useVariables = (
  work: Work,
  taken: ReadonlyMap<string, string | undefined>,
  isEnvShared: boolean,
): void => {
  if (work.decisions.secrets === false) return;
  if (isEnvShared) {
    work.questions.push({
      id: 'secrets',
      text: 'A service takes all of .env into its environment, so that credentials moved there would reach it. Where are they to go?',
      candidates: ['another env file for the services', 'false'],
      default: 'nothing',
      setting: 'decisions.secrets',
    });
    return;
  }
  const roots = [...work.texts.values()].flatMap((source) => rootOf(source) ?? []);
  const secrets = [...work.texts.values()].flatMap((source) => {
    const root = rootOf(source);
    return (root ? secretsIn(root) : []).filter((secret) => isMovable(secret) && secret.at.source === source);
  });
  const given = new Set<string>();
  for (const same of sameCredentials(secrets, surroundingsOf(roots))) {
    const moved = movedFrom(work, same, taken, given);
    if (!moved) continue;
    const { group, first, name } = moved;
    const files = [...new Set(group.map(({ at }) => at.source.path))];
    const done = attempt(
      work,
      {
        id: `use-variable:${name}`,
        kind: 'use-variable',
        service: serviceOf(first),
        paths: group.map(({ path }) => path),
        from: files[0],
        to: '.env',
        reason: `${first.where} holds a credential (${mask(first.text)}), written ${group.length === 1 ? 'once' : `${group.length} times`} in ${files.map(basename).join(', ')}.`,
        rule: 'hardcoded-secret',
        effect: `${NO_CHANGE} The value is in .env, which git ignores. Whoever has the repository's history has it still: change it.`,
        claims: [],
        manual: [],
      },
      () => {
        const now = group.map(({ at, ...secret }) => ({
          ...secret,
          at: { ...at, source: work.texts.get(at.source.path) ?? at.source },
        }));
        const isSame = now.every(({ at, text }) => at.source.text.slice(at.start, at.end) === text);
        const current = isSame ? now : relocated(work, group);
        const places = current?.map(({ at }) => at);
        return places !== undefined && apply(work, replaceParts(replacedBy(name, places)));
      },
    );
    if (!done) continue;
    given.add(name);
    const services = new Set(group.flatMap((secret) => serviceOf(secret) ?? []));
    work.variables.set(name, { value: first.text, isSecret: true, usedBy: services });
  }
};

/** What tells a place of a credential from others, whatever stands above it. */
const placeOf = ({ at, path, where, text }: Secret): string => JSON.stringify([at.source.path, path, where, text]);

/** Where the credentials of a group stand after the edits of other groups. */
const relocated = (work: Work, group: readonly Secret[]): readonly Secret[] | undefined => {
  const places = new Set(group.map(placeOf));
  const found = [...new Set(group.map(({ at }) => at.source.path))].flatMap((path) => {
    const root = rootOf(work.texts.get(path));
    return root ? secretsIn(root).filter((secret) => places.has(placeOf(secret)) && isMovable(secret)) : [];
  });
  return found.length === group.length ? found : undefined;
};
