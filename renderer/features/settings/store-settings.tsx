import { useEffect, useState } from 'react';
import type { Settings, WindowOutput } from '../../../electron/contract.ts';
import { call } from '../../state/client.ts';
import { backUpStore } from '../../state/store-files.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { LimitField } from './limit-field.tsx';
import styles from './settings-dialog.module.css';
import type { SettingsPanel } from './settings-panel.ts';

/** Where executions are kept, what their keeping survives, and how long. */
export function StoreSettings({ settings, change }: SettingsPanel) {
  const { retention } = settings;
  return (
    <section className={styles.section}>
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
      <LimitField
        label="Delete executions that ended more than so many days ago"
        hint={allKept}
        value={retention.days}
        most={36_500}
        onChange={(days) => void change({ retention: { ...retention, days } })}
      />
      <LimitField
        label="Keep at most so many executions that have ended"
        hint={allKept}
        value={retention.executions}
        most={10_000_000}
        onChange={(executions) => void change({ retention: { ...retention, executions } })}
      />
    </section>
  );
}

const allKept = 'Empty: all are kept. Those that run or are paused always stay.';

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
            : `${inMegabytes(size.bytes)} in ${size.executions.toLocaleString('en')} ${size.executions === 1 ? 'execution' : 'executions'}`}
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
