import { Plus } from 'lucide-react';
import { newDocument } from '../../state/document-actions.ts';
import type { DocumentKind } from '../../state/text-document.ts';
import { MenuButton } from '../../ui/menu-button.tsx';

const KINDS: readonly { readonly id: DocumentKind; readonly name: string }[] = [
  { id: 'workflow', name: 'Workflow' },
  { id: 'workbook', name: 'Workbook' },
  { id: 'action', name: 'Ad-hoc action' },
  { id: 'environment', name: 'Environment' },
];

/** Begins a new text from a template. */
export function NewMenu() {
  return <MenuButton label="New" icon={<Plus aria-hidden="true" />} items={KINDS} onChoose={newDocument} />;
}
