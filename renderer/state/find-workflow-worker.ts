import { findWorkflow } from './find-workflow.ts';

self.onmessage = ({ data }: MessageEvent<{ readonly text: string; readonly name: string }>) =>
  self.postMessage(findWorkflow(data.text, data.name));
