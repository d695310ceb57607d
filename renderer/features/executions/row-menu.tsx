import { Copy, FileDown, PanelRight, UnfoldVertical } from 'lucide-react';
import { descriptionOf } from '../../../electron/commands.ts';
import { obeyRow } from '../../state/commands.ts';
import { expandToDepth, select } from '../../state/execution-actions.ts';
import { commandLooks, commandsFor, type NodeCommand } from '../../state/node-commands.ts';
import { nodeOf } from '../../state/nodes.ts';
import { useStore } from '../../state/store.ts';
import { exportExecution } from '../../state/store-files.ts';
import { keyOf } from '../../state/window-commands.ts';
import type { NodeKey } from '../../state/window-state.ts';
import { CommandIcon } from '../../ui/command-icon.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { focusPane } from '../../ui/focus-pane.ts';
import { Menu, type MenuItem, type MenuPlace } from '../../ui/menu.tsx';
import { printed } from '../../ui/shortcut.ts';

interface RowMenuProps {
  readonly branch: NodeKey;
  readonly place: MenuPlace;
  readonly onClose: () => void;
}

/** Everything that can be done with a row. */
export function RowMenu({ branch, place, onClose }: RowMenuProps) {
  const node = useStore((state) => nodeOf(state, branch));
  const commands = useStore((state) => (node === null ? '' : commandsFor(state, node).join(' ')));
  if (node === null) return null;
  const asked = commands === '' ? [] : (commands.split(' ') as NodeCommand[]);
  const items: readonly MenuItem[] = [
    ...asked.map((what) => ({
      id: what,
      title: commandLooks[what].title,
      icon: <CommandIcon name={commandLooks[what].icon} />,
      danger: what === 'cancel' || what === 'delete',
      ...((what === 'pause' || what === 'resume') && { shortcut: printed(keyOf('togglePause')) }),
    })),
    {
      id: 'inspect',
      title: 'Open in the inspector',
      icon: <PanelRight aria-hidden="true" />,
      shortcut: 'Enter',
      separated: asked.length > 0,
    },
    ...(node.parentId === null && node.kind === 'workflow'
      ? [
          {
            id: 'expand',
            title: descriptionOf('expandAll').title,
            icon: <UnfoldVertical aria-hidden="true" />,
            shortcut: keyOf('expandAll'),
          },
        ]
      : []),
    ...(node.parentId === null
      ? [{ id: 'export', title: 'Export…', icon: <FileDown aria-hidden="true" />, separated: true }]
      : []),
    { id: 'copyName', title: 'Copy name', icon: <Copy aria-hidden="true" /> },
    { id: 'copyId', title: 'Copy id' },
  ];
  const pick = (id: string) => {
    switch (id) {
      case 'inspect':
        select(branch);
        queueMicrotask(() => focusPane('inspector'));
        return;
      case 'expand':
        expandToDepth(branch.rootId, Number.POSITIVE_INFINITY);
        return;
      case 'export':
        void exportExecution(branch.rootId);
        return;
      case 'copyName':
        void copyText(node.name);
        return;
      case 'copyId':
        void copyText(node.id);
        return;
      default:
        obeyRow(id as NodeCommand, node);
    }
  };
  return <Menu label={node.name} items={items} place={place} onPick={pick} onClose={onClose} />;
}
