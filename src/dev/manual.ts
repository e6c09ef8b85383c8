import { writeFileSync } from 'node:fs';

/** Day of the build, or that of SOURCE_DATE_EPOCH where builds are to be the same. @see reproducible-builds.org */
const buildDay = (): string => {
  const epoch = process.env['SOURCE_DATE_EPOCH'];
  const day = epoch === undefined ? new Date() : new Date(Number(epoch) * 1000);
  return day.toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });
};

/**
 * Writes the manual page, made of what the commands say about themselves. They are loaded only now: they need what the build
 * has generated before.
 * @param path Where to.
 */
export const writeManual = async (path: string, version: string): Promise<void> => {
  // The bundler puts the version in; here nothing is bundled.
  Object.assign(globalThis, { FOG_LINT_VERSION: version });
  const { allCommands } = await import('../cli/main.js');
  const { nodeIo } = await import('../cli/node-io.js');
  const { shellCommand } = await import('../cli/shell/commands.js');
  const { manualPage } = await import('../cli/shell/manual.js');
  const commands = await allCommands(nodeIo());
  writeFileSync(path, manualPage(commands.map(shellCommand), version, buildDay()));
};
