import { useEffect, useState } from 'react';
import type { Settings, WindowOutput } from '../../../electron/contract.ts';
import { call } from '../../state/client.ts';
import { useStore } from '../../state/store.ts';
import { backUpStore } from '../../state/store-files.ts';
import { showSettings } from '../../state/window-actions.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Select, TextInput } from '../../ui/field.tsx';
import { Secrets } from './secrets.tsx';
import styles from './settings-dialog.module.css';
import { TrustedWorkflows } from './trusted-workflows.tsx';

/** What a person has chosen, for the whole application. Each change counts at once and is kept. */
export function SettingsDialog() {
  const shown = useStore((state) => state.settingsShown);
  return shown ? <OpenSettings /> : null;
}

function OpenSettings() {
  const [settings, setSettings] = useState<Settings | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    void call('settings.get', {}).then((reply) =>
      reply.ok ? setSettings(reply.output) : setError(reply.error.message),
    );
    return window.windrose.onSettings(setSettings);
  }, []);
  const change = async (patch: Partial<Settings>): Promise<void> => {
    const reply = await call('settings.set', patch);
    setError(reply.ok ? null : reply.error.message);
    if (reply.ok) setSettings(reply.output);
  };
  return (
    <Dialog title="Settings" width="wide" onClose={() => showSettings(false)}>
      {error !== null && <p role="alert">{error}</p>}
      {settings !== null && (
        <>
          <section className={styles.section}>
            <Field label="Theme">
              {(control) => (
                <Select
                  {...control}
                  value={settings.theme}
                  onChange={(event) => void change({ theme: event.target.value as Settings['theme'] })}
                >
                  <option value="system">Like the system</option>
                  <option value="light">Light</option>
                  <option value="dark">Dark</option>
                </Select>
              )}
            </Field>
          </section>
          <section className={styles.section}>
            <h3>Store</h3>
            <StoreFacts />
            <Field label="An answer survives" hint="Counts from the next start.">
              {(control) => (
                <Select
                  {...control}
                  value={settings.durability}
                  onChange={(event) => void change({ durability: event.target.value as Settings['durability'] })}
                >
                  <option value="durable">a power loss</option>
                  <option value="fast">the end of the app; the last seconds may go with the power (faster)</option>
                </Select>
              )}
            </Field>
            <Limit
              label="Delete executions that ended more than so many days ago"
              value={settings.retention.days}
              most={36_500}
              onChange={(days) => void change({ retention: { ...settings.retention, days } })}
            />
            <Limit
              label="Keep at most so many executions that have ended"
              value={settings.retention.executions}
              most={10_000_000}
              onChange={(executions) => void change({ retention: { ...settings.retention, executions } })}
            />
          </section>
          <section className={styles.section}>
            <h3>Actions</h3>
            <Limit
              label="Run at most so many actions at once"
              hint="Empty: twice as many as this machine has cores. The others wait for a place; what only waits takes none."
              value={settings.actionsAtOnce}
              most={1000}
              onChange={(actionsAtOnce) => void change({ actionsAtOnce })}
            />
            <Field
              label="Requests to this machine itself"
              hint="Mistral's server refuses HTTP requests to loopback and link-local addresses. Here only workflows that you have allowed run, so they may unless you say otherwise."
            >
              {(control) => (
                <Select
                  {...control}
                  value={settings.refusesLocalAddresses ? 'refused' : 'allowed'}
                  onChange={(event) => void change({ refusesLocalAddresses: event.target.value === 'refused' })}
                >
                  <option value="allowed">Allowed</option>
                  <option value="refused">Refused, as on a server</option>
                </Select>
              )}
            </Field>
          </section>
        </>
      )}
      <TrustedWorkflows />
      <Secrets />
    </Dialog>
  );
}

/** Empty: no limit. Counts when the field is left or Enter is pressed, so that nothing goes while a number is typed. */
function Limit({
  label,
  hint = 'Empty: all are kept. Those that run or are paused always stay.',
  value,
  most,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly value: number | null;
  readonly most: number;
  readonly onChange: (value: number | null) => void;
}) {
  const [typed, setTyped] = useState(value === null ? '' : `${value}`);
  const number = typed.trim() === '' ? null : Number(typed);
  const isValid = number === null || (Number.isInteger(number) && number >= 1 && number <= most);
  const keep = (): void => {
    if (isValid && number !== value) onChange(number);
  };
  return (
    <Field label={label} hint={hint} error={isValid ? null : `A whole number from 1 to ${most}, or nothing.`}>
      {(control) => (
        <TextInput
          {...control}
          inputMode="numeric"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={keep}
          onKeyDown={(event) => event.key === 'Enter' && keep()}
        />
      )}
    </Field>
  );
}

function StoreFacts() {
  const [size, setSize] = useState<WindowOutput<'store.size'> | null>(null);
  const [folder, setFolder] = useState('');
  useEffect(() => {
    void call('store.size', {}).then((reply) => reply.ok && setSize(reply.output));
    void call('app.info', {}).then((reply) => reply.ok && setFolder(reply.output.dataFolder));
  }, []);
  return (
    <>
      <div className={styles.line}>
        <span className={styles.value}>
          {size === null
            ? 'Measuring…'
            : `${inMegabytes(size.bytes)} in ${size.executions.toLocaleString('en')} executions`}
        </span>
        <Button onClick={() => void backUpStore()}>Back up…</Button>
      </div>
      <div className={styles.line}>
        <span className={`${styles.value} ${styles.dim}`}>{folder}</span>
        <Button onClick={() => void call('shell.showDataFolder', {})}>Show data folder</Button>
      </div>
    </>
  );
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
}
