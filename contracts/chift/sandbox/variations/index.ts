import { contentVariations } from './content.js';
import type { Variation } from './variation.js';
import { writingVariations } from './writing.js';

export type { Variation } from './variation.js';

/** Every harmless difference the sandbox can show: how answers are written, and what else they may say. */
export const variations: readonly Variation[] = [...writingVariations, ...contentVariations];
