import type { Action } from './action.ts';

const SILENCE_SECONDS = 60;

export const stdEmail: Action = {
  name: 'std.email',
  description:
    'Sends an email. With a password the connection is encrypted and the sender logs in; whoever answers is believed.',
  parameters: [
    { name: 'from_addr', required: true, description: 'The sender, who is also who logs in.' },
    { name: 'to_addrs', required: true, description: 'A list of addresses.' },
    {
      name: 'smtp_server',
      required: true,
      description: "'host' or 'host:port'; 25 is the port unless told otherwise.",
    },
    { name: 'reply_to', required: false, description: 'A list of addresses.' },
    { name: 'cc_addrs', required: false, description: 'A list of addresses.' },
    { name: 'bcc_addrs', required: false, description: 'A list of addresses that the others do not see.' },
    { name: 'smtp_password', required: false, description: 'Logs in with it, over an encrypted connection.' },
    { name: 'subject', required: false, description: 'A text.' },
    { name: 'body', required: false, description: 'A text.' },
    { name: 'html_body', required: false, description: 'The same as HTML, for those who can show it.' },
  ],
  isPure: false,
  reaches: ['network'],
  isSync: true,
  mistralClass: 'mistral.actions.std_actions.SendEmailAction',
  async run(input, { signal }) {
    const { sendEmail } = await import('./email/send-email.ts');
    return sendEmail(input, { signal, silenceSeconds: SILENCE_SECONDS });
  },
};
