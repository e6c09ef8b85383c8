import type { ComposePath } from '../model/path.js';

/** What an operation does. */
export type OperationKind =
  | 'drop-version'
  | 'rename-file'
  | 'create-file'
  | 'move-value'
  | 'drop-redundant'
  | 'merge-duplicate'
  | 'use-variable'
  | 'pin-image'
  | 'add-value'
  | 'rename-volume'
  | 'share-network'
  | 'extract-anchor'
  | 'bind-loopback'
  | 'await-dependency'
  | 'update-comment';

/** A difference that an operation makes in a stack, on purpose. Text of the values as `Leaf.text`; null for nothing there. */
export type Claim = {
  readonly stack: string;
  /** Path of the setting, or of something above several of them. */
  readonly path: ComposePath;
  readonly before?: string | null;
  readonly after?: string | null;
};

/** One step of a plan. */
export type Operation = {
  /** Stable and unique in its plan: kind, service and what it is about. */
  readonly id: string;
  readonly kind: OperationKind;
  readonly service: string | undefined;
  readonly paths: readonly ComposePath[];
  /** Files, absolute. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Why, in one or two sentences. */
  readonly reason: string;
  /** The rule whose finding this mends. */
  readonly rule: string | undefined;
  /** What changes for whoever starts a stack, in one or two sentences. */
  readonly effect: string;
  readonly claims: readonly Claim[];
  /** What is left to do by hand: commands, each with what it is for. */
  readonly manual: readonly string[];
};

/** Whether an operation leaves every stack as it was. */
export const isSafe = ({ claims, kind }: Operation): boolean => claims.length === 0 && kind !== 'rename-file';

/** What cannot be decided from the files. Answers live in `decisions` of the settings. */
export type Question = {
  readonly id: string;
  readonly text: string;
  readonly candidates: readonly string[];
  /** What is done while nobody answers. */
  readonly default: string;
  /** Where the answer goes: `decisions.keep.prometheus`. */
  readonly setting: string;
};

/** No change for any stack. */
export const NO_CHANGE = 'No stack changes.';
