export { JSONParser } from '@streamparser/json';
export { default as autocannon } from 'autocannon';
export { createGeneratorSync } from 'json-schema-faker';
export { default as chain } from 'stream-chain';
export { parser } from 'stream-json';
export { pick } from 'stream-json/filters/pick.js';
export { streamArray } from 'stream-json/streamers/stream-array.js';
export { zocker } from 'zocker';
