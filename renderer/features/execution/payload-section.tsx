import { Check, ChevronRight, Copy } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import type { Payload, PayloadField } from '../../../engine/api/methods.ts';
import type { Node } from '../../../engine/api/resources.ts';
import { Button } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { JsonView } from '../../ui/json/json-view.tsx';
import { useLate } from '../../ui/use-late.ts';
import { YamlText } from '../../ui/yaml-text.tsx';
import styles from './inspector.module.css';
import { usePayload } from './use-payload.ts';

/** What is shown without asking, and what is shown at all, in characters. */
const USUAL = 1_000_000;
const MOST = 24_000_000;

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
  const bodyId = useId();
  return (
    <section className={styles.section}>
      <h3 className={styles.sectionHead}>
        <button
          type="button"
          className={styles.disclosure}
          aria-expanded={open}
          aria-controls={open ? bodyId : undefined}
          onClick={() => onToggle(!open)}
        >
          <ChevronRight aria-hidden="true" />
          {title}
        </button>
      </h3>
      {open && (
        <div id={bodyId} className={styles.sectionBody}>
          <PayloadBody key={node.id} node={node} field={field} title={title} none={none} />
        </div>
      )}
    </section>
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
  readonly field: PayloadField;
  readonly title: string;
  readonly none: string;
  readonly limit: number;
  readonly onMore: () => void;
}

function PayloadValue({ payload, field, title, none, limit, onMore }: PayloadValueProps) {
  switch (payload.type) {
    case 'none':
      return <p className={styles.none}>{none}</p>;
    case 'tooLarge':
      return (
        <div className={styles.large}>
          <p>Too large to show at once: {megabytes(payload.size)}.</p>
          {payload.size <= MOST && limit < MOST && <Button onClick={onMore}>Show it</Button>}
        </div>
      );
    case 'text':
      return (
        <div className={styles.value}>
          <CopyButton title={title} text={payload.text} />
          {field === 'definition' ? (
            <YamlText label={title} text={payload.text} />
          ) : (
            <pre className={styles.text}>{payload.text}</pre>
          )}
        </div>
      );
    case 'json':
      return (
        <div className={styles.value}>
          <CopyButton title={title} text={payload.text} />
          <JsonView label={title} text={payload.text} />
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

function megabytes(characters: number): string {
  return `${(characters / 1_000_000).toFixed(1)} MB`;
}
