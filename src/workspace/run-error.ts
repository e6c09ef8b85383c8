/** Why a run cannot go on: bad usage, nothing to lint, settings that are not valid. The exit status is then 2. */
export class RunError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  constructor(code: string, { message, hint }: { readonly message: string; readonly hint?: string | undefined }) {
    super(message);
    this.name = 'RunError';
    this.code = code;
    this.hint = hint;
  }
}
