import type { Action } from './action.ts';
import { attempt } from './local/attempt.ts';

export const localDownload: Action = {
  name: 'local.download',
  description: 'Downloads what is at an address into a file, wholly or not at all. Redirects are followed.',
  result: 'path, size in bytes and sha256',
  parameters: [
    { name: 'url', required: true, types: ['text'], description: 'http or https.' },
    {
      name: 'path',
      required: true,
      types: ['text'],
      description: "The file; ~ is the person's own folder, and other paths begin there.",
    },
    { name: 'headers', required: false, types: ['dictionary'], description: 'Sent with the request.' },
    {
      name: 'sha256',
      required: false,
      types: ['text'],
      description: 'What its checksum has to be; with another one nothing is kept.',
    },
    {
      name: 'overwrite',
      required: false,
      types: ['boolean'],
      description: 'Whether a file that is there is replaced; yes unless told otherwise.',
    },
    {
      name: 'timeout',
      required: false,
      types: ['number'],
      description: 'Seconds that may pass without anything happening; 60 unless told otherwise.',
    },
    {
      name: 'limit',
      required: false,
      types: ['number'],
      description: 'Bytes that it may have at most; 10 GiB unless told otherwise.',
    },
  ],
  isPure: false,
  reaches: ['network', 'files'],
  bounds: { seconds: 86_400 },
  isSync: true,
  mistralClass: 'windrose.actions.local.DownloadAction',
  async run(input, context) {
    const { download } = await import('./local/transfer.ts');
    return attempt(() => download(input, context));
  },
};
