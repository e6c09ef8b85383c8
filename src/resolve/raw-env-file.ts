import { decode } from '../source/encoding.js';
import { lineStarts, lineText } from '../source/lines.js';
import type { Span } from '../source/source.js';
import type { Assignment } from './dotenv.js';
import { bytesOf, type FileContext } from './named-file.js';
import type { Lookup } from './template.js';

/**
 * Reads an env file of the format `raw`, the one of `docker run --env-file`: one `NAME=value` a line, taken literally.
 * @see docker/cli pkg/kvfile; compose-spec 05-services.md, "env_file", format
 */
export const parseRawEnvFile = (
  path: string,
  lookup: Lookup,
  context: FileContext,
  from: Span | undefined,
): readonly Assignment[] => {
  const bytes = bytesOf(path, `The env file ${path}`, from, context);
  if (!bytes) return [];
  const { source } = decode(path, bytes);
  const found: Assignment[] = [];
  for (const [i, start] of lineStarts(source).entries()) {
    const whole = lineText(source, i + 1);
    const line = whole.trimStart();
    if (line === '' || line.startsWith('#')) continue;
    const at: Span = { source, start: start + whole.length - line.length, end: start + whole.length };
    const equals = line.indexOf('=');
    const name = equals < 0 ? line : line.slice(0, equals);
    const problem =
      name === ''
        ? 'There is no name before the equals sign.'
        : /\s/.test(name)
          ? 'The name of a variable cannot contain a space.'
          : undefined;
    if (problem !== undefined) {
      context.report({ rule: 'invalid-env-file', severity: 'error', message: problem, at });
      return found;
    }
    const value = equals < 0 ? lookup(name)?.value : line.slice(equals + 1);
    const valueAt = { ...at, start: at.start + equals + 1 };
    if (value !== undefined) found.push({ name, value, at, valueAt });
  }
  return found;
};
