/** What fog-lint can be run by, beside the people who type it. */
export type Offer = {
  /** File that it is written to, from the root of the repository. */
  readonly path: string;
  /** What to ask at a terminal. */
  readonly question: string;
  readonly text: (version: string, folder: string) => string;
};

const argument = (folder: string): string => (folder === '.' ? '' : ` ${folder}`);

const hookText = (version: string, folder: string): string => `repos:
  - repo: local
    hooks:
      - id: fog-lint
        name: fog-lint
        language: node
        additional_dependencies: ["fog-lint@${version}"]
        entry: fog-lint${argument(folder)}
        # All files of a set count, whichever of them is committed.
        files: (^|/)((docker-)?compose[^/]*\\.ya?ml|\\.env[^/]*|Dockerfile[^/]*|fog-lint\\.yaml)$
        pass_filenames: false
`;

const workflowText = (version: string, folder: string): string => `name: fog-lint
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
jobs:
  fog-lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npx --yes fog-lint@${version}${argument(folder)}
`;

/** The hook, for pre-commit and prek, and the workflow, for GitHub, by the options of \`init\` that ask for them. */
export const OFFERS = {
  hook: {
    path: '.pre-commit-config.yaml',
    question: 'Run fog-lint before each commit, by pre-commit?',
    text: hookText,
  },
  workflow: {
    path: '.github/workflows/fog-lint.yml',
    question: 'Run fog-lint on GitHub, for each pull request?',
    text: workflowText,
  },
} as const satisfies Readonly<Record<string, Offer>>;
