/** The package's version, put in by the build. */
declare const FOG_LINT_VERSION: string;
