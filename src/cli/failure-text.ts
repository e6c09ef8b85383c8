/** How a fault of fog-lint itself is reported, so that it can be mended. */
export const failureText = (error: unknown): string => {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `fog-lint has failed. This is a fault of fog-lint, not of your files.
Please report it, with the command you ran and the text below, after taking out what is private.

fog-lint ${FOG_LINT_VERSION}, Node.js ${process.version}, ${process.platform}
${detail}
`;
};
