export type { Attribution, Contract, Credentials, ProviderProfile, StatusPolicy } from './contract/contract.js';
export { defineContract } from './contract/contract.js';
export type { Endpoint, Method } from './contract/endpoint.js';
export { HarnessError } from './errors.js';
