import { Check, Copy } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Node } from '../../../engine/api/resources.ts';
import { copyText } from '../../ui/copy-text.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { logRows, logText } from '../../ui/log/log-rows.ts';
import { LogView } from '../../ui/log/log-view.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import styles from './inspector.module.css';
import { Section } from './section.tsx';
import { useLog } from './use-log.ts';

/** Fewer lines are seen at once, and need no search. */
const SEARCHED = 8;

/** The lines that an action logs, while it runs and afterwards. It is not there as long as there are none. */
export function LogSection({ of }: { readonly of: Node | null }) {
  const lines = useLog(of?.kind === 'action' ? of : null);
  const [open, setOpen] = useState(true);
  const [search, setSearch] = useState('');
  const [copied, setCopied] = useState(false);
  const rows = useMemo(() => logRows(lines, search), [lines, search]);
  useEffect(() => {
    if (!copied) return;
    const timer = window.setTimeout(() => setCopied(false), 1500);
    return () => window.clearTimeout(timer);
  }, [copied]);
  if (lines.length === 0) return null;
  return (
    <Section title="Log" open={open} onToggle={setOpen}>
      <div className={styles.logTools}>
        {lines.length > SEARCHED && <SearchField label="Search the log" text={search} onChange={setSearch} />}
        <span className={styles.dim} role={search === '' ? undefined : 'status'}>
          {search === '' ? inWords(lines.length) : `${rows.length} of ${inWords(lines.length)}`}
        </span>
        <IconButton
          label={copied ? 'Copied' : search === '' ? 'Copy the log' : 'Copy these lines'}
          onClick={async () => setCopied(await copyText(logText(rows)))}
        >
          {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        </IconButton>
      </div>
      <LogView label="Log lines" rows={rows} />
    </Section>
  );
}

function inWords(lines: number): string {
  return lines === 1 ? '1 line' : `${lines.toLocaleString('en')} lines`;
}
