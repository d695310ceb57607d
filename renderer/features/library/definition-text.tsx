import { Pencil } from 'lucide-react';
import { useEffect, useState } from 'react';
import { loadText, openDefinition } from '../../state/document-actions.ts';
import type { DefinitionKey } from '../../state/text-document.ts';
import type { Loadable } from '../../state/window-state.ts';
import { Button } from '../../ui/button.tsx';
import { YamlText } from '../../ui/yaml-text.tsx';
import styles from './detail.module.css';
import { DetailSection } from './detail.tsx';

/** The text of a definition, fetched again when it was replaced: `version` is another then. */
export function useText({ kind, name, namespace }: DefinitionKey, version: unknown): Loadable<string> {
  const [text, setText] = useState<Loadable<string>>({ status: 'loading' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another version the text is another
  useEffect(() => {
    let current = true;
    void loadText({ kind, name, namespace }).then((reply) => {
      if (!current) return;
      setText(
        reply.ok ? { status: 'loaded', value: reply.output } : { status: 'failed', message: reply.error.message },
      );
    });
    return () => {
      current = false;
    };
  }, [kind, name, namespace, version]);
  return text;
}

/** A definition to be read. */
export function DefinitionText({ name, text }: { readonly name: string; readonly text: Loadable<string> }) {
  return (
    <DetailSection title="Definition">
      {text.status === 'failed' && <p className={styles.failure}>{text.message}</p>}
      {text.status === 'loaded' && <YamlText label={`Text of ${name}`} text={text.value} />}
    </DetailSection>
  );
}

export function EditButton({ definition }: { readonly definition: DefinitionKey }) {
  return (
    <Button icon={<Pencil aria-hidden="true" />} onClick={() => void openDefinition(definition)}>
      Edit
    </Button>
  );
}
