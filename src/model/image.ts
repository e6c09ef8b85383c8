/** A reference to an image, taken apart. */
export type ImageReference = {
  /** Registry and path as written: `prom/prometheus`, `ghcr.io/acme/api`. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
};

/**
 * Takes an image reference apart. A colon in front of a slash belongs to a registry's port.
 * @see distribution/reference, the grammar of references
 */
export const parseImage = (text: string): ImageReference => {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const rest = at < 0 ? text : text.slice(0, at);
  const colon = rest.lastIndexOf(':');
  const hasTag = colon > rest.lastIndexOf('/');
  return { name: hasTag ? rest.slice(0, colon) : rest, tag: hasTag ? rest.slice(colon + 1) : undefined, digest };
};

/** The name under which an image is known: without Docker Hub's registry and its `library/`. */
export const familiarName = (name: string): string =>
  name.replace(/^(docker\.io|index\.docker\.io|registry-1\.docker\.io)\//, '').replace(/^library\//, '');
