import { expect, it } from 'vitest';
import { formats } from './index.js';
import { formatNames } from './names.js';

it('names.ts lists the ids of the formats in index.ts, in their order', () => {
  expect([...formatNames]).toEqual(formats.map(({ id }) => id));
});
