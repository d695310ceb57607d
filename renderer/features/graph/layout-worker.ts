import type { GraphModel } from './graph-model.ts';
import { layOut } from './layout.ts';

self.onmessage = ({ data }: MessageEvent<GraphModel>) => self.postMessage(layOut(data));
