import net, { type Socket } from 'node:net';
import tls from 'node:tls';
import { listen } from './action-fixture.ts';
import { selfSigned } from './self-signed.ts';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly isSecure: boolean;
  readonly login: string | null;
  /** Header and body as they came. */
  readonly text: string;
}

export interface SmtpServer {
  readonly address: string;
  readonly mails: readonly Mail[];
}

const identity = selfSigned();

/** Takes mail for everybody but `nobody@…`, and logs in whoever says the password `open`. */
export async function startSmtpServer({ offersTls = true, offersLogin = true } = {}): Promise<SmtpServer> {
  const mails: Mail[] = [];
  const server = net.createServer((socket) => {
    socket.write('220 here\r\n');
    new Conversation(socket, mails, offersTls, offersLogin);
  });
  return { address: `127.0.0.1:${await listen(server)}`, mails };
}

class Conversation {
  private socket: Socket;
  private readonly mails: Mail[];
  private readonly offersTls: boolean;
  private readonly offersLogin: boolean;
  private isSecure = false;
  private login: string | null = null;
  private from = '';
  private to: string[] = [];
  private unread = '';
  private inText = false;

  constructor(socket: Socket, mails: Mail[], offersTls: boolean, offersLogin: boolean) {
    this.socket = socket;
    this.mails = mails;
    this.offersTls = offersTls;
    this.offersLogin = offersLogin;
    this.listenTo(socket);
  }

  private listenTo(socket: Socket): void {
    this.socket = socket;
    socket.setEncoding('utf8');
    socket.on('error', () => {});
    socket.on('data', (chunk: string) => {
      this.unread += chunk;
      this.read();
    });
  }

  private read(): void {
    for (;;) {
      const mark = this.inText ? '\r\n.\r\n' : '\r\n';
      const end = this.unread.indexOf(mark);
      if (end < 0) return;
      const piece = this.unread.slice(0, end);
      this.unread = this.unread.slice(end + mark.length);
      if (this.inText) this.take(piece);
      else this.answer(piece);
    }
  }

  private take(text: string): void {
    const { from, to, isSecure, login } = this;
    this.mails.push({ from, to, isSecure, login, text });
    this.inText = false;
    this.say('250 taken');
  }

  private answer(line: string): void {
    const [verb = '', argument = ''] = line.split(/ (.*)/);
    const address = argument.match(/<(.*?)>/)?.[1] ?? '';
    switch (verb.toUpperCase()) {
      case 'EHLO': {
        const extensions = [
          ...(this.offersTls && !this.isSecure ? ['STARTTLS'] : []),
          ...(this.offersLogin ? ['AUTH PLAIN'] : []),
          'SMTPUTF8',
        ];
        this.say(
          ['here', ...extensions].map((each, i) => `250${i < extensions.length ? '-' : ' '}${each}`).join('\r\n'),
        );
        return;
      }
      case 'STARTTLS':
        if (!this.offersTls) {
          this.say('502 not here');
          return;
        }
        this.say('220 go ahead');
        this.socket.removeAllListeners('data');
        this.isSecure = true;
        this.listenTo(new tls.TLSSocket(this.socket, { isServer: true, ...identity }));
        return;
      case 'AUTH': {
        const [, user = '', password] = Buffer.from(argument.split(' ')[1] ?? '', 'base64')
          .toString()
          .split('\0');
        if (this.offersLogin && password === 'open') this.login = user;
        this.say(this.login === null ? '535 wrong password' : '235 welcome');
        return;
      }
      case 'MAIL':
        this.from = address;
        this.to = [];
        this.say('250 fine');
        return;
      case 'RCPT':
        if (address.startsWith('nobody@')) this.say('550 nobody of that name');
        else {
          this.to.push(address);
          this.say('250 fine');
        }
        return;
      case 'DATA':
        this.inText = true;
        this.say('354 go on');
        return;
      case 'QUIT':
        this.socket.end('221 bye\r\n');
        return;
      default:
        this.say('500 what?');
    }
  }

  private say(line: string): void {
    this.socket.write(`${line}\r\n`);
  }
}
