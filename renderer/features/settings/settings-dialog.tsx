import { useEffect, useState } from 'react';
import type { Settings } from '../../../electron/contract.ts';
import { call } from '../../state/client.ts';
import { useStore } from '../../state/store.ts';
import { showSettings } from '../../state/window-actions.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { type Tab, Tabs } from '../../ui/tabs/tabs.tsx';
import { ActionSettings } from './action-settings.tsx';
import { GeneralSettings } from './general-settings.tsx';
import { Secrets } from './secrets.tsx';
import styles from './settings-dialog.module.css';
import { StoreSettings } from './store-settings.tsx';
import { TrustedWorkflows } from './trusted-workflows.tsx';

/** What a person has chosen, for the whole application. Each change counts at once and is kept. */
export function SettingsDialog() {
  const shown = useStore((state) => state.settingsShown);
  return shown ? <OpenSettings /> : null;
}

const tabs: readonly Tab[] = [
  { id: 'general', title: 'General' },
  { id: 'store', title: 'Store' },
  { id: 'actions', title: 'Actions' },
  { id: 'trust', title: 'Trusted workflows' },
  { id: 'secrets', title: 'Secrets' },
];

function OpenSettings() {
  const [settings, setSettings] = useState<Settings | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [tab, setTab] = useState('general');
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
      <div className={styles.frame}>
        <Tabs label="Settings" tabs={tabs} selected={tab} onSelect={setTab}>
          <div className={styles.panel}>
            {settings !== null && tab === 'general' && <GeneralSettings settings={settings} change={change} />}
            {settings !== null && tab === 'store' && <StoreSettings settings={settings} change={change} />}
            {settings !== null && tab === 'actions' && <ActionSettings settings={settings} change={change} />}
            {tab === 'trust' && <TrustedWorkflows />}
            {tab === 'secrets' && <Secrets />}
          </div>
        </Tabs>
      </div>
    </Dialog>
  );
}
