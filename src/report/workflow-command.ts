/** A text behind the `::` of a command: whatever breaks lines is escaped. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** The value of a property: what ends properties is escaped, too. */
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** A line that the runner of GitHub Actions takes for a command. @see github.com/actions/toolkit, packages/core/src/command.ts */
export const workflowCommand = (
  name: string,
  properties: Readonly<Record<string, string | number>>,
  text: string,
): string => {
  const given = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${name}${given.length === 0 ? '' : ` ${given.join(',')}`}::${data(text)}`;
};
