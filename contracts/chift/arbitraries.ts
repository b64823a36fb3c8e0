import { type ArbitraryOptions, edgeBodies, invalidBodies, validBodies } from '../../src/index.js';
import { contactIn, contactOut } from './contact.js';

/** Valid request bodies of create-contact, as a fast-check arbitrary of plain JSON objects. */
export const validContact = (options?: ArbitraryOptions) => validBodies(contactIn, options);

/** Valid request bodies that show at least one named edge, such as `long-255` or `right-to-left`. */
export const edgeContact = (options?: ArbitraryOptions) => edgeBodies(contactIn, options);

/** Request bodies with exactly one defect, each with its `label`, JSON `pointer` and `reason`. */
export const invalidContact = (options?: ArbitraryOptions) => invalidBodies(contactIn, options);

/** Valid answers to create-contact and get-contact. */
export const validContactOut = (options?: ArbitraryOptions) => validBodies(contactOut, options);

/** Valid answers that show at least one named edge. */
export const edgeContactOut = (options?: ArbitraryOptions) => edgeBodies(contactOut, options);

/** Answers with exactly one defect. */
export const invalidContactOut = (options?: ArbitraryOptions) => invalidBodies(contactOut, options);
