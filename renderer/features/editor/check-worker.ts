import type { DocumentKind } from '../../state/text-document.ts';
import { checkText } from './check-text.ts';

self.onmessage = ({ data }: MessageEvent<{ readonly kind: DocumentKind; readonly text: string }>) =>
  self.postMessage(checkText(data.kind, data.text));
