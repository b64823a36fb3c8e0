export type {
  Attribution,
  Contract,
  Credentials,
  Deviation,
  ProviderProfile,
  StatusPolicy,
} from './contract/contract.js';
export { defineContract } from './contract/contract.js';
export type { Endpoint, Method } from './contract/endpoint.js';
export { toWire } from './contract/wire.js';
export { type ArbitraryOptions, arbitraryOf, valueAt } from './derive/arbitrary.js';
export { edgeBodies, type InvalidBody, invalidBodies, validBodies } from './derive/bodies.js';
export { type EdgeBody, type EdgeName, edgePlan } from './derive/edges.js';
export { exampleOf } from './derive/example.js';
export { type Mutant, type Mutation, mutationsOf } from './derive/mutation.js';
export {
  type CompareOptions,
  compareSchemas,
  type DriftVerdict,
  type SchemaDifference,
  type Witness,
} from './drift/compare-schemas.js';
export { HarnessError } from './errors.js';
export { type Difference, differences } from './exchange/difference.js';
export type { Exchange } from './exchange/exchange.js';
export { type HarOptions, toHar } from './exchange/har.js';
export type { Header } from './exchange/headers.js';
export { readJson } from './exchange/json.js';
export { createRedactor, type Redactor } from './exchange/redact.js';
export type { FindingCode } from './finding/catalogue.js';
export type { Finding } from './finding/finding.js';
export {
  type ClientFunction,
  type ClientModule,
  type ClientProperty,
  loadClient,
  playable,
  runClient,
} from './pact/client-module.js';
export type { PactInteraction, PactState, Shape } from './pact/interaction.js';
export { exampleToken, fidelityOf, type MockPlan, mockPlan } from './pact/mock-plan.js';
export { type ProviderCall, providerCall } from './pact/provider-call.js';
export { type PactScore, scorePact } from './pact/score.js';
export { usingOnly } from './pact/using-only.js';
export { type Varied, withVariants } from './pact/variants.js';
export type { StateHandler } from './pact/verification-proxy.js';
export {
  type PactVerification,
  type VerifiedInteraction,
  type VerifyPactsOptions,
  verifyPacts,
} from './pact/verify.js';
export {
  type InteractionOutcome,
  type Mock,
  type WritePactOptions,
  type WrittenPact,
  writePact,
} from './pact/write.js';
export { acceptsEdges, acceptsRandom, readsBack } from './property/accepts-valid.js';
export {
  type Call,
  type Called,
  type CallRequest,
  type Inputs,
  listed,
  type Property,
  type Surroundings,
} from './property/property.js';
export { refusesInvalid, refusesVariants } from './property/refuses-invalid.js';
export { unexpected } from './property/unexpected.js';
export type { EmulatedRequest, Emulation, Reply, WireForm } from './sandbox/emulation.js';
export { type Host, type HostOptions, startHost } from './sandbox/host.js';
export { type RecordingProxy, startRecordingProxy } from './transport/recording-proxy.js';
