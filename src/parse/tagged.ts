import type { ComposePath } from '../model/path.js';
import type { Span } from '../source/source.js';

/** A value with one of Compose's own tags: the path of the value, and where the tag stands. */
export type Tagged = { readonly tag: '!reset' | '!override'; readonly path: ComposePath; readonly at: Span };
