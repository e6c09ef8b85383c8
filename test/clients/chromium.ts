import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fromDebian, fromNpm } from './install.js';

/** What the tests use of a page of playwright-core. */
export type BrowserPage = {
  readonly goto: (url: string) => Promise<unknown>;
  readonly evaluate: <T, A = undefined>(code: string | ((argument: A) => T | Promise<T>), argument?: A) => Promise<T>;
  readonly on: (event: 'console' | 'pageerror' | 'request', listener: (event: BrowserEvent) => void) => void;
  readonly emulateMedia: (options: { readonly media: 'print' | 'screen' }) => Promise<void>;
  readonly keyboard: { readonly press: (key: string) => Promise<void>; readonly type: (text: string) => Promise<void> };
  readonly setViewportSize: (size: { readonly width: number; readonly height: number }) => Promise<void>;
  readonly screenshot: (options: { readonly path: string }) => Promise<unknown>;
  readonly addScriptTag: (options: { readonly path: string }) => Promise<unknown>;
};

/** A message of the console, a request, or an error, whichever the event is about. */
export type BrowserEvent = { readonly text?: () => string; readonly url?: () => string; readonly message?: string };

export type BrowserContext = { readonly newPage: () => Promise<BrowserPage>; readonly close: () => Promise<void> };

export type Browser = {
  readonly newContext: (options: {
    readonly colorScheme: 'light' | 'dark';
    readonly viewport: { readonly width: number; readonly height: number };
    readonly offline: boolean;
  }) => Promise<BrowserContext>;
  readonly close: () => Promise<void>;
};

type Playwright = {
  readonly chromium: {
    readonly launch: (options: {
      readonly executablePath: string;
      readonly args: readonly string[];
    }) => Promise<Browser>;
  };
};

/** Nothing that Chromium asks its makers on its own. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium without a window, and axe-core's script, which looks for what hinders people; undefined where they cannot be had. */
export const chromium = async (): Promise<{ readonly browser: Browser; readonly axe: string } | undefined> => {
  const executablePath = fromDebian('chromium');
  const packages = executablePath && fromNpm('playwright');
  if (!executablePath || !packages) return undefined;
  const playwright = createRequire(join(packages, 'package.json'))('playwright-core') as Playwright;
  return {
    browser: await playwright.chromium.launch({ executablePath, args: QUIET }),
    axe: join(packages, 'node_modules', 'axe-core', 'axe.min.js'),
  };
};
