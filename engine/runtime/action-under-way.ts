import type { ActionContext, ActionOrigin, LogSource } from '../actions/action.ts';
import type { Desktop } from '../actions/desktop.ts';
import type { TextMask } from '../actions/text-mask.ts';
import type { Json } from '../model/json.ts';
import type { Reporter } from './action-reports.ts';

/** What is the same for all actions. */
export interface Surroundings {
  readonly desktop: Desktop | null;
  /** Takes out of what an action gives or says what nobody may read. */
  readonly mask: <T extends Json>(value: T) => T;
  readonly maskText: () => TextMask;
  /** Whether requests to this machine and to what is linked to it are refused. */
  readonly refusesLocalAddresses: () => boolean;
}

/** What an action gets to know of the effect that it runs for. Most actions are over before anybody could abort them. */
export class ActionUnderWay implements ActionContext {
  readonly actionId: string;
  readonly desktop: Desktop | null;
  /** Why it was cancelled, in a sentence. */
  cancelled: string | null = null;
  readonly refusesLocalAddresses: boolean;
  readonly maskText: () => TextMask;
  private readonly mask: (text: string) => string;
  private readonly findOrigin: () => ActionOrigin | null;
  private readonly openReport: () => Reporter;
  private report: Reporter | null = null;
  private controller: AbortController | null = null;
  private isAborted = false;

  constructor(
    actionId: string,
    { desktop, mask, maskText, refusesLocalAddresses }: Surroundings,
    findOrigin: () => ActionOrigin | null,
    openReport: () => Reporter,
  ) {
    this.actionId = actionId;
    this.desktop = desktop;
    this.mask = mask;
    this.maskText = maskText;
    this.refusesLocalAddresses = refusesLocalAddresses();
    this.findOrigin = findOrigin;
    this.openReport = openReport;
  }

  progress(fraction: number | null, text?: string): void {
    this.report ??= this.openReport();
    this.report.progress(fraction, text === undefined ? text : this.mask(text));
  }

  log(text: string, source?: LogSource): void {
    this.report ??= this.openReport();
    this.report.log(this.mask(text), source);
  }

  /** Most actions report nothing, and are over at once. */
  endReport(ended: () => void): void {
    if (this.report === null) ended();
    else void this.report.end().then(ended);
  }

  get origin(): ActionOrigin | null {
    return this.findOrigin();
  }

  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.isAborted) this.controller.abort();
    return this.controller.signal;
  }

  abort(): void {
    this.isAborted = true;
    this.controller?.abort();
  }
}
