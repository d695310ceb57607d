import { PanelLeftClose } from 'lucide-react';
import { type ReactNode, Suspense } from 'react';
import { useStore } from '../../state/store.ts';
import { showCentre, showCentreTab } from '../../state/window-actions.ts';
import { keyOf } from '../../state/window-commands.ts';
import { ErrorBoundary } from '../../ui/error-boundary.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { type Tab, Tabs } from '../../ui/tabs/tabs.tsx';

export interface CentreTab extends Tab {
  /** Shows the execution tree of this root. What is selected in it is in the store. */
  readonly render: (rootId: string) => ReactNode;
}

/** The views of the selected execution between the tree and the inspector, one tab each. */
export function Centre({ tabs }: { readonly tabs: readonly CentreTab[] }) {
  const rootId = useStore((state) => state.selected?.rootId ?? null);
  const wanted = useStore((state) => state.centre.tab);
  const tab = tabs.find(({ id }) => id === wanted) ?? tabs[0];
  if (tab === undefined || rootId === null) return null;
  return (
    <Tabs
      label="Views of the execution"
      tabs={tabs}
      selected={tab.id}
      onSelect={showCentreTab}
      actions={
        <IconButton label="Hide this pane" shortcut={keyOf('toggleViews')} onClick={() => showCentre(false)}>
          <PanelLeftClose aria-hidden="true" />
        </IconButton>
      }
    >
      <ErrorBoundary what="this view" resetKey={`${tab.id} ${rootId}`}>
        <Suspense>{tab.render(rootId)}</Suspense>
      </ErrorBoundary>
    </Tabs>
  );
}
