/** The public entry: the engine, which knows no API, and the contract of Chift's contacts on top of it. */
export * from '../src/index.js';
export * from './chift/index.js';
