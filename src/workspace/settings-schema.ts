import { DECISIONS } from './decisions-schema.js';

/** What the settings' schema says of a rule. */
export type SettingsRule = { readonly id: string; readonly summary: string; readonly severity: string };

/** Levels that a rule can be given. */
export const LEVELS = ['off', 'info', 'warning', 'error'] as const;
export type Level = (typeof LEVELS)[number];

/** Sets of rules that settings can start from. */
export const PRESETS = ['recommended', 'strict', 'all'] as const;
export type Preset = (typeof PRESETS)[number];

/** What a file can be for. */
export const ROLES = ['base', 'dev', 'prod', 'test', 'overlay'] as const;

/** How names of volumes can be written; `any` asks for nothing. */
export const VOLUME_STYLES = ['snake_case', 'kebab-case', 'camelCase', 'any'] as const;

type Schema = Readonly<Record<string, unknown>>;

const textList = (description: string): Schema => ({
  description,
  type: 'array',
  items: { type: 'string', minLength: 1 },
});

const namedTexts = (description: string): Schema => ({
  description,
  type: 'object',
  additionalProperties: { type: 'string', minLength: 1 },
});

const rulesSchema = (rules: readonly SettingsRule[]): Schema => ({
  description: 'Levels of rules, by their ids.',
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(
    rules.map(({ id, summary, severity }) => [
      id,
      { description: `${summary}. Level unless set: ${severity}.`, enum: [...LEVELS] },
    ]),
  ),
});

const OVERRIDE_SCOPE: Readonly<Record<string, Schema>> = {
  files: textList('Patterns for paths of files, from the folder of the settings.'),
  services: textList('Names of services, or patterns for them.'),
  roles: {
    description: 'Roles of files.',
    type: 'array',
    items: { enum: [...ROLES] },
  },
};

const STACK: Schema = {
  oneOf: [
    textList('Files in the order in which docker compose gets them, from the folder of the settings.'),
    {
      type: 'object',
      additionalProperties: false,
      required: ['files'],
      properties: {
        files: textList('Files in the order in which docker compose gets them, from the folder of the settings.'),
        profiles: textList('Profiles that are active.'),
        envFiles: textList('Env files instead of `.env`.'),
      },
    },
  ],
};

/** The JSON Schema of `fog-lint.yaml`, draft 07, for the rules that there are. */
export const settingsSchema = (rules: readonly SettingsRule[]): Schema => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Settings of fog-lint',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { description: 'Address of this schema, for editors.', type: 'string' },
    extends: {
      description: 'Presets (recommended, strict, all) or other settings files, the later ones winning.',
      oneOf: [{ type: 'string', minLength: 1 }, textList('Presets or settings files.')],
    },
    rules: { $ref: '#/definitions/rules' },
    overrides: {
      description: 'Levels for some files, services or roles only; the later ones win.',
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['rules'],
        properties: { ...OVERRIDE_SCOPE, rules: { $ref: '#/definitions/rules' } },
      },
    },
    stacks: {
      description: 'The stacks there are, by name, instead of those that the names of the files suggest.',
      type: 'object',
      additionalProperties: STACK,
    },
    roles: {
      description: 'What files are for, by path or pattern, where their names do not tell.',
      type: 'object',
      additionalProperties: { enum: [...ROLES] },
    },
    ignore: textList('Patterns for files that are not looked for. A file that is named on the command line is read.'),
    pins: namedTexts('Tags, or digests, for images that have none: `prom/prometheus: v3.5.0`.'),
    decisions: DECISIONS,
    volumeNaming: { description: 'How names of volumes are written.', enum: [...VOLUME_STYLES] },
  },
  definitions: { rules: rulesSchema(rules) },
});
