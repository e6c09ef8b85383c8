import type { Fault } from '../model/fault.js';

/** What keeps a run from going on, in words, or as faults with their places. */
export type RunErrorDetail = {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly faults?: readonly Fault[];
};

/** Why a run cannot go on: bad usage, nothing to lint, settings that are not valid. The exit status is then 2. */
export class RunError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly faults: readonly Fault[];
  constructor(code: string, { message, hint, faults = [] }: RunErrorDetail) {
    super(message);
    this.name = 'RunError';
    this.code = code;
    this.hint = hint;
    this.faults = faults;
  }
}
