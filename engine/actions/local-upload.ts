import { type Action, failed } from './action.ts';
import { sentenceOf } from './local/attempt.ts';

export const localUpload: Action = {
  name: 'local.upload',
  description: 'Sends a file to an address. A status from 200 to 299 is a success; redirects are not followed.',
  result: 'status, and body as a text; of an answer that is a failure also error, a sentence',
  parameters: [
    { name: 'url', required: true, types: ['text'], description: 'http or https.' },
    {
      name: 'path',
      required: true,
      types: ['text'],
      description: "The file; ~ is the person's own folder, and other paths begin there.",
    },
    {
      name: 'field',
      required: false,
      types: ['text'],
      description: 'Sends it as this field of a form; as it is unless told so.',
    },
    {
      name: 'method',
      required: false,
      types: ['text'],
      description: 'PUT unless told otherwise, and POST for a form.',
    },
    { name: 'headers', required: false, types: ['dictionary'], description: 'Sent with the request.' },
    {
      name: 'timeout',
      required: false,
      types: ['number'],
      description: 'Seconds that may pass without anything happening; 60 unless told otherwise.',
    },
  ],
  isPure: false,
  reaches: ['network', 'files'],
  bounds: { seconds: 86_400 },
  isSync: true,
  mistralClass: 'windrose.actions.local.UploadAction',
  async run(input, context) {
    const { upload } = await import('./local/transfer.ts');
    try {
      return await upload(input, context);
    } catch (error) {
      return failed(sentenceOf(error));
    }
  },
};
