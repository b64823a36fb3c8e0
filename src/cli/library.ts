export * from '../../contracts/chift/index.js';
export * from '../index.js';
export { type Config, defineConfig } from './config.js';
