import { namesIn } from '../model/service.js';
import { get, textOf } from '../model/value.js';
import type { Span } from '../source/source.js';
import type { Severity } from './rule.js';
import type { FileSubject, ServiceSubject, StackSubject } from './subjects.js';

type Role = FileSubject['role'];

/** Whether a stack is for production: one of its files says so. */
export const isProduction = ({ files }: StackSubject): boolean => files.some(({ role }) => role === 'prod');

/** Whether a stack is for tests: one of its files says so. */
export const isForTests = ({ files }: StackSubject): boolean => files.some(({ role }) => role === 'test');

/** A step milder in a file for development or tests. */
export const milderFor = (role: Role | undefined, severity: Severity): Severity => {
  if (role !== 'dev' && role !== 'test') return severity;
  return severity === 'error' ? 'warning' : 'info';
};

/** A step milder where the place stands in a file for development or tests. */
export const milderOutsideProduction = (severity: Severity, at: Span, { files }: StackSubject): Severity =>
  milderFor(files.find(({ source }) => source === at.source)?.role, severity);

/** Services that wait for a service, by `depends_on`. */
export const dependentsOf = ({ name, stack }: ServiceSubject): readonly string[] =>
  [...stack.services.values()]
    .filter(({ value }) => namesIn(get(value, 'depends_on')).includes(name))
    .map((service) => service.name);

/** Words in the names of services that do one thing and end. */
const ENDS =
  /(?:^|[-_.])(?:migrate|migrations?|migrator|init|initializer|setup|seed|seeder|bootstrap|provision|backup|restore|test|tests|e2e|certbot|generate|generator|builder|create[-_].*|wait[-_].*)(?:$|[-_.\d])/i;

/** Whether a service looks as if it ends by itself: something waits for its end, it must not be restarted, or it is called so. */
export const isOneShot = ({ name, value, stack }: ServiceSubject): boolean =>
  textOf(get(value, 'restart')) === 'no' ||
  ENDS.test(name) ||
  [...stack.services.values()].some(
    (other) => textOf(get(other.value, 'depends_on', name, 'condition')) === 'service_completed_successfully',
  );
