import { oneOf, text } from './parse.js';
import { option } from './settings.js';

/** What a comparison takes. */
export const drifting = {
  against: option('--against <old>', 'the older document, instead of the contract', text),
  schema: option('--schema <module#export>', "a team's own zod 3, zod 4 or JSON Schema, against the contract", text),
  as: option(
    '--as <side>',
    'what the schema describes: request or response (default: what it is nearest to)',
    oneOf('request', 'response'),
  ),
  endpoint: option('--endpoint <id>', 'endpoint whose bodies the schema describes (default: the creating one)', text),
};
