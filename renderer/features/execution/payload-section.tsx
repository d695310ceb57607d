import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Payload, PayloadField } from '../../../engine/api/methods.ts';
import type { Node } from '../../../engine/api/resources.ts';
import { savePayload } from '../../state/save-payload.ts';
import { Button } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { JsonView } from '../../ui/json/json-view.tsx';
import { useLate } from '../../ui/use-late.ts';
import { YamlText } from '../../ui/yaml-text.tsx';
import styles from './inspector.module.css';
import { Section } from './section.tsx';
import { usePayload } from './use-payload.ts';

/** What is shown without asking, and what is shown at all, in characters. */
const USUAL = 1_000_000;
const MOST = 200_000_000;
/** A text that is no JSON is shown as one piece: no more of it than can be laid out at once. */
const MOST_TEXT = 300_000;

interface PayloadSectionProps {
  readonly node: Node;
  readonly field: PayloadField;
  readonly title: string;
  /** What is said when there is no such thing (yet). */
  readonly none: string;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
}

/** One part of a node under its title; it is fetched while it is open. */
export function PayloadSection({ node, field, title, none, open, onToggle }: PayloadSectionProps) {
  return (
    <Section title={title} open={open} onToggle={onToggle}>
      <PayloadBody key={node.id} node={node} field={field} title={title} none={none} />
    </Section>
  );
}

function PayloadBody({ node, field, title, none }: Pick<PayloadSectionProps, 'node' | 'field' | 'title' | 'none'>) {
  const [limit, setLimit] = useState(USUAL);
  const state = usePayload(node, field, limit);
  const late = useLate(state.status === 'loading');
  switch (state.status) {
    case 'loading':
      return late && <span className={styles.loading} role="status" aria-label={`Loading ${title.toLowerCase()}`} />;
    case 'failed':
      return <p className={styles.failure}>{state.message}</p>;
    case 'loaded':
      return (
        <PayloadValue
          payload={state.payload}
          node={node}
          field={field}
          title={title}
          none={none}
          limit={limit}
          onMore={() => setLimit(MOST)}
        />
      );
  }
}

interface PayloadValueProps {
  readonly payload: Payload;
  readonly node: Node;
  readonly field: PayloadField;
  readonly title: string;
  readonly none: string;
  readonly limit: number;
  readonly onMore: () => void;
}

function PayloadValue({ payload, node, field, title, none, limit, onMore }: PayloadValueProps) {
  switch (payload.type) {
    case 'none':
      return <p className={styles.none}>{none}</p>;
    case 'tooLarge':
      return (
        <div className={styles.large}>
          <p>Too large to show at once: {megabytes(payload.size)}</p>
          {payload.size <= MOST && limit < MOST && <Button onClick={onMore}>Show it</Button>}
          <Button onClick={() => void savePayload(node, field)}>Save…</Button>
        </div>
      );
    case 'text':
      return (
        <div className={styles.value}>
          <CopyButton title={title} text={payload.text} />
          {field === 'definition' ? (
            <YamlText label={title} text={payload.text} />
          ) : (
            <pre className={styles.text}>{payload.text.slice(0, MOST_TEXT)}</pre>
          )}
          {payload.text.length > MOST_TEXT && (
            <div className={styles.large}>
              <p>This is its beginning: it has {megabytes(payload.text.length)}.</p>
              <Button onClick={() => void savePayload(node, field)}>Save…</Button>
            </div>
          )}
        </div>
      );
    case 'json':
      return (
        <div className={styles.value}>
          <CopyButton title={title} text={payload.text} />
          <JsonView label={title} text={payload.text} whole={wholeOf(node, field)} />
        </div>
      );
  }
}

function CopyButton({ title, text }: { readonly title: string; readonly text: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = window.setTimeout(() => setCopied(false), 1500);
    return () => window.clearTimeout(timer);
  }, [copied]);
  return (
    <span className={styles.copy}>
      <IconButton
        label={copied ? 'Copied' : `Copy ${title.toLowerCase()}`}
        onClick={async () => setCopied(await copyText(text))}
      >
        {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      </IconButton>
    </span>
  );
}

/** How an expression behind the task reaches the value. */
function wholeOf(node: Node, field: PayloadField): string {
  return node.kind === 'task' && field === 'result' ? `task(${node.name}).result` : '$';
}

function megabytes(characters: number): string {
  return `${(characters / 1_000_000).toFixed(1)} MB`;
}
