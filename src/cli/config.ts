import { Command } from 'commander';
import type { Fault } from '../model/fault.js';
import { inertText } from '../model/message.js';
import { toJson, unprintable } from '../report/config-json.js';
import { modelTree, projectTree, type Tree } from '../report/config-tree.js';
import { toYaml } from '../report/config-yaml.js';
import { PROJECT_SHAPE } from '../resolve/project-shape.js';
import { DEFAULT_OPTIONS, type Resolved, type ResolveOptions } from '../resolve/resolve.js';
import { type ListingFlags, listingFor } from './config-listing.js';
import { faultLine } from './fault-line.js';
import { EXIT, type Io } from './io.js';
import { choice, collect, examples } from './options.js';
import { openStack, type StackOptions, withStackOptions } from './stack-options.js';

type ConfigOptions = ListingFlags &
  StackOptions & {
    readonly format?: 'yaml' | 'json';
    readonly output?: string;
    readonly quiet?: true;
    readonly origins?: true;
    readonly service: readonly string[];
    readonly allResources?: true;
    readonly interpolate: boolean;
    readonly normalize: boolean;
    readonly pathResolution: boolean;
    readonly consistency: boolean;
  };

const treeOf = ({ project, raw }: Resolved, { format = 'yaml', interpolate }: ConfigOptions): Tree =>
  project && interpolate ? projectTree(project.model, PROJECT_SHAPE, format) : modelTree(raw, format);

const render = async (tree: Tree, { format, interpolate, origins }: ConfigOptions, cwd: string): Promise<string> => {
  // What is printed can be loaded again, so that a dollar sign must not start a reference.
  const withEscapes = (text: string): string => (interpolate ? text.replaceAll('$', '$$$$') : text);
  const printed = (): string => withEscapes(format === 'json' ? toJson(tree) : toYaml(tree));
  if (!origins) return printed();
  // Measuring the width of texts takes long to load.
  const { commentedYaml, jsonWithOrigins } = await import('../report/config-origins.js');
  return format === 'json' ? inertText(jsonWithOrigins(printed(), tree, cwd)) : commentedYaml(tree, cwd, withEscapes);
};

/** `fog-lint config`: the resolved model, as `docker compose config` prints it. */
export const configCommand = (io: Io): Command =>
  withStackOptions(new Command('fog-lint config'))
    .description('Print the resolved model, as `docker compose config` does')
    .argument('[files...]', 'the files of one stack, in order; none for what docker compose would load here')
    .option('--format <name>', 'yaml (the default) or json', choice(['yaml', 'json'] as const))
    .option('-o, --output <file>', 'write to a file')
    .option('-q, --quiet', 'only check, print nothing')
    .option('--origins', 'say behind each value where it came from; in JSON in a parallel tree')
    .option('--services', 'list the services instead')
    .option('--images', 'list the images')
    .option('--volumes', 'list the volumes')
    .option('--networks', 'list the networks')
    .option('--models', 'list the models')
    .option('--profiles', 'list the profiles')
    .option('--variables', 'list the variables that the files ask for')
    .option('--environment', 'list the variables that are put in')
    .option('--hash <services>', 'list the hashes of services: names separated by commas, or *')
    .option('--service <name>', 'only this service and what it depends on (repeatable)', collect, [])
    .option('--all-resources', 'keep resources that no service uses')
    .option('--no-interpolate', 'leave variables as they are')
    .option('--no-normalize', 'do not make implicit things explicit')
    .option('--no-path-resolution', 'leave relative paths as they are')
    .option('--no-consistency', 'do not check that everything fits together')
    .option('--no-env-resolution', 'accepted for docker compose, which reads env files nevertheless')
    .addHelpText(
      'after',
      examples(
        'config',
        'config --origins docker-compose.yml docker-compose.dev.yml',
        'config --format json --no-interpolate',
        'config --services --profile debug',
      ),
    )
    .action(async (files: readonly string[], options: ConfigOptions) => {
      const refuse = (problem: Fault): void => {
        io.warn(faultLine(problem, io.cwd));
        io.exitCode = EXIT.findings;
      };
      const listing = listingFor(options, options.interpolate);
      const how: ResolveOptions = {
        ...DEFAULT_OPTIONS,
        interpolate: options.interpolate,
        normalize: options.normalize,
        resolvePaths: options.pathResolution,
        consistency: options.consistency,
        services: options.service,
        allResources: options.allResources ?? false,
        ...listing?.how,
      };
      const { resolved, isRefused } = openStack(files, options, how, io);
      if (!resolved || isRefused) {
        io.exitCode = EXIT.findings;
        return;
      }
      if (listing) {
        const { text, problem } = listing.list(resolved, options);
        io.write(options.format === undefined ? inertText(text) : text);
        if (problem) refuse(problem);
        return;
      }
      const tree = treeOf(resolved, options);
      const problem = options.format === 'json' ? unprintable(tree) : undefined;
      if (problem) {
        refuse(problem);
        return;
      }
      const text = options.quiet ? '' : await render(tree, options, io.cwd);
      if (options.output !== undefined && text !== '') io.writeFile(options.output, text);
      else io.write(text);
    });
