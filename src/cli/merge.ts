import { Command } from 'commander';
import { inertText } from '../model/message.js';
import { mergeReports, type Part } from '../report/merge.js';
import { decode } from '../source/encoding.js';
import { FileError } from '../source/filesystem.js';
import { absolute } from '../source/path.js';
import { RunError } from '../workspace/run-error.js';
import { type FailOptions, isBlocking, withFailOptions } from './fail-on.js';
import { EXIT, type Io } from './io.js';
import { examples } from './options.js';

type MergeOptions = FailOptions & { readonly output?: string };

const read = (name: string, { fs, cwd }: Io): Part => {
  const path = absolute(cwd, name);
  try {
    return { name, text: decode(path, fs.read(path)).source.text };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new RunError('missing-file', { message: `${name}: ${error.reason}` });
  }
};

/** `fog-lint merge`: the reports of several runs, or of the parts of one, as one. */
export const mergeCommand = (io: Io): Command =>
  withFailOptions(
    new Command('fog-lint merge')
      .description('Join reports in JSON or SARIF, of the parts of a run or of several runs')
      .argument('<files...>', 'reports of one format')
      .option('-o, --output <file>', 'write the report to a file'),
  )
    .addHelpText(
      'after',
      examples('merge part-1.json part-2.json', 'merge part-1.sarif part-2.sarif --output all.sarif'),
    )
    .action((names: readonly string[], options: MergeOptions) => {
      const { text, tally } = mergeReports(names.map((name) => read(name, io)));
      if (options.output === undefined) io.write(inertText(text));
      else io.writeFile(options.output, inertText(text));
      io.exitCode = isBlocking(tally, options) ? EXIT.findings : EXIT.clean;
    });
