export { default as autocannon } from 'autocannon';
export { createGeneratorSync } from 'json-schema-faker';
export { zocker } from 'zocker';
