import { contract } from '../../contracts/chift/index.js';
import { acceptsEdges, acceptsRandom, type Property, refusesInvalid, refusesVariants } from '../../src/index.js';
import { acceptsAnyCaseOfScheme } from './accepts-any-case-of-scheme.js';
import { answersAlike } from './answers-alike.js';
import { filtersByType } from './filters-by-type.js';
import { keepsConsumersApart } from './keeps-consumers-apart.js';
import { keepsCreatesApart } from './keeps-creates-apart.js';
import { knowsOnlyItsOwn } from './knows-only-its-own.js';
import { listsWhatItCreated } from './lists-what-it-created.js';
import { looksUpTransactions } from './looks-up-transactions.js';
import { readsJsonHoweverWritten } from './reads-json-however-written.js';
import { readsWhatItCreated } from './reads-what-it-created.js';
import { refusedCreatesNothing } from './refused-creates-nothing.js';
import { refusesBadParameters } from './refuses-bad-parameters.js';
import { refusesStrangers } from './refuses-strangers.js';
import { takesRequestIdOnce } from './takes-request-id-once.js';

/** Everything that must hold for create-contact and its neighbours; `verify` and the property suite try all of it. */
export const properties: readonly Property[] = [
  readsWhatItCreated,
  acceptsEdges(contract),
  refusesInvalid(contract),
  refusesBadParameters,
  refusesStrangers,
  acceptsAnyCaseOfScheme,
  listsWhatItCreated,
  filtersByType,
  keepsCreatesApart,
  keepsConsumersApart,
  knowsOnlyItsOwn,
  takesRequestIdOnce,
  refusedCreatesNothing,
  answersAlike,
  looksUpTransactions,
  readsJsonHoweverWritten,
  acceptsRandom(contract),
  refusesVariants(contract),
];
