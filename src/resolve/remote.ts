/**
 * Whether a file's name is a reference that docker compose would fetch: a git repository or an OCI artifact.
 * @see docker compose pkg/remote; buildkit gitutil.ParseGitRef
 */
export const isRemote = (name: string): boolean => {
  if (name.startsWith('./') || name.startsWith('../') || name.startsWith('/')) return false;
  if (name.startsWith('oci://') || name.startsWith('github.com/')) return true;
  if (/^(git|ssh):\/\//.test(name)) return true;
  if (/^https?:\/\/[^#]*\.git(#.*)?$/.test(name)) return true;
  return /^[\w.-]+@[\w.-]+:[^#]*(#.*)?$/.test(name);
};

/**
 * Whether a build context is a repository or a URL rather than a folder.
 * @see buildkit frontend/dockerui/context.go
 */
export const isRemoteContext = (context: string): boolean =>
  context.includes('://') ||
  context.startsWith('service:') ||
  context.startsWith('github.com/') ||
  context.startsWith('git@');
