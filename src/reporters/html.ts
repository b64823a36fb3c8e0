import { htmlEscape } from 'escape-goat';
import type { Reporter } from './reporter.js';
import { verdictSentence } from './summary.js';
export const html: Reporter = { id: 'html', file: 'index.html', render: (r) => htmlEscape`${verdictSentence(r)}` };
