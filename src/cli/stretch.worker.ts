import { parentPort, workerData } from 'node:worker_threads';
import type { Stretch } from '../sources/parts.js';
import { judgeStretch, type StretchSettings } from './judge-stretch.js';

/** A thread that judges the stretches it is sent, one after the other. */
parentPort?.on('message', (stretch: Stretch) => {
  void judgeStretch(workerData as StretchSettings, stretch).then((judged) => parentPort?.postMessage(judged));
});
