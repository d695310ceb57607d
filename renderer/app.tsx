import { Columns3, FolderOpen, Search, Settings as SettingsIcon } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useSyncExternalStore } from 'react';
import { descriptionOf, type WindowCommand } from '../electron/commands.ts';
import styles from './app.module.css';
import { Inspector } from './features/execution/inspector.tsx';
import { Sheets } from './features/execution/sheets.tsx';
import { Executions } from './features/executions/executions.tsx';
import { DropTarget } from './features/library/drop-target.tsx';
import { Library } from './features/library/library.tsx';
import { Palette } from './features/palette/palette.tsx';
import { QuestionBadge } from './features/questions/question-badge.tsx';
import { Questions } from './features/questions/questions.tsx';
import { SettingsDialog } from './features/settings/settings-dialog.tsx';
import { ShortcutSheet } from './features/shortcuts/shortcut-sheet.tsx';
import { NoticeBar } from './features/status/notice-bar.tsx';
import { StatusLine } from './features/status/status-line.tsx';
import { Troubles } from './features/status/troubles.tsx';
import { TrustSheet } from './features/trust/trust-sheet.tsx';
import { Centre, type CentreTab } from './features/workspace/centre.tsx';
import { ExecutionHeader } from './features/workspace/execution-header.tsx';
import type { GraphOf } from './state/graph-of.ts';
import { useStore } from './state/store.ts';
import { resizePane, showPlace } from './state/window-actions.ts';
import { keyOf, obey } from './state/window-commands.ts';
import type { Place } from './state/window-state.ts';
import { Button } from './ui/button.tsx';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import { focusPane } from './ui/focus-pane.ts';
import { printed } from './ui/shortcut.ts';
import { Splitter } from './ui/splitter.tsx';

const places: readonly (readonly [Place, WindowCommand])[] = [
  ['library', 'showLibrary'],
  ['executions', 'showExecutions'],
  ['editor', 'showEditor'],
  ['expressions', 'showExpressions'],
];

// What the first picture does without is loaded once that is there: reading all of it takes as long as all else at the start.
const Editor = lazy(async () => ({ default: (await import('./features/editor/editor.tsx')).Editor }));
const ExpressionLab = lazy(async () => ({
  default: (await import('./features/expression-lab/expression-lab.tsx')).ExpressionLab,
}));
const GraphView = lazy(async () => ({ default: (await import('./features/graph/graph-view.tsx')).GraphView }));
const DefinitionGraph = lazy(async () => ({
  default: (await import('./features/graph/definition-graph.tsx')).DefinitionGraph,
}));
const Timeline = lazy(async () => ({ default: (await import('./features/timeline/timeline.tsx')).Timeline }));
const Events = lazy(async () => ({ default: (await import('./features/events/events.tsx')).Events }));
const DefinitionView = lazy(async () => ({
  default: (await import('./features/definition/definition-view.tsx')).DefinitionView,
}));
const RunDialog = lazy(async () => ({ default: (await import('./features/run/run-dialog.tsx')).RunDialog }));
const CronTriggerDialog = lazy(async () => ({
  default: (await import('./features/run/cron-trigger-form.tsx')).CronTriggerDialog,
}));

const graphOf: GraphOf = (definition, beside, selected, onSelect) => (
  <Suspense>
    <DefinitionGraph definition={definition} beside={beside} selected={selected} onSelect={onSelect} />
  </Suspense>
);

/** The views of an execution, in the order of their tabs. */
const centreTabs: readonly CentreTab[] = [
  { id: 'graph', title: 'Graph', render: () => <GraphView /> },
  { id: 'timeline', title: 'Timeline', render: (rootId) => <Timeline key={rootId} rootId={rootId} /> },
  { id: 'events', title: 'Events', render: (rootId) => <Events key={rootId} rootId={rootId} /> },
  { id: 'definition', title: 'Definition', render: () => <DefinitionView /> },
];

/** In pixels. */
const INSPECTOR = { initial: 384, min: 300, max: 900 };
const CENTRE = { share: 0.34, min: 300, max: 1600 };

/** The frame of the window: where one can go, what is there, and what lies above it. */
export function App() {
  const here = useStore((state) => state.place);
  useKeys();
  return (
    <div className={styles.app}>
      <header className={styles.header}>
        <nav className={styles.places} aria-label="Places">
          {places.map(([place, command]) => (
            <button
              key={place}
              type="button"
              className={styles.place}
              title={printed(keyOf(command))}
              aria-current={here === place ? 'page' : undefined}
              onClick={() => showPlace(place)}
            >
              {descriptionOf(command).title}
            </button>
          ))}
        </nav>
        <span className={styles.tools}>
          <QuestionBadge />
          <CentreToggle />
          <Button
            kind="quiet"
            icon={<Search aria-hidden="true" />}
            title={printed(keyOf('palette'))}
            onClick={() => obey('palette')}
          >
            <span className={styles.word}>Commands</span>
          </Button>
          <Button
            kind="quiet"
            icon={<SettingsIcon aria-hidden="true" />}
            title={printed(keyOf('settings'))}
            onClick={() => obey('settings')}
          >
            <span className={styles.word}>Settings</span>
          </Button>
          <Button
            kind="quiet"
            icon={<FolderOpen aria-hidden="true" />}
            title={printed(keyOf('openYaml'))}
            onClick={() => obey('openYaml')}
          >
            <span className={styles.word}>Open YAML</span>
          </Button>
        </span>
      </header>
      <Troubles />
      <div className={styles.content}>
        <ErrorBoundary what={WHAT[here]} resetKey={here}>
          <Suspense>{render(here)}</Suspense>
        </ErrorBoundary>
      </div>
      <NoticeBar />
      <StatusLine />
      <ErrorBoundary what="the run form">
        <RunForms />
      </ErrorBoundary>
      <ErrorBoundary what="the sheet">
        <Sheets />
      </ErrorBoundary>
      <Questions />
      <TrustSheet />
      <SettingsDialog />
      <ShortcutSheet />
      <Palette />
      <DropTarget />
    </div>
  );
}

function RunForms() {
  const runs = useStore((state) => state.runTarget !== null);
  const plans = useStore((state) => state.cronForm !== null);
  return (
    <Suspense>
      {runs && <RunDialog />}
      {plans && <CronTriggerDialog />}
    </Suspense>
  );
}

const WHAT: Readonly<Record<Place, string>> = {
  library: 'the library',
  executions: 'the list of executions',
  editor: 'the editor',
  expressions: 'the expression lab',
};

function render(place: Place): ReactNode {
  switch (place) {
    case 'library':
      return <Library graph={graphOf} />;
    case 'editor':
      return <Editor graph={graphOf} />;
    case 'expressions':
      return <ExpressionLab />;
    case 'executions':
      return (
        <Workspace>
          <Executions />
        </Workspace>
      );
  }
}

/** Without a selection there is nothing that the pane could show. */
function CentreToggle() {
  const useful = useStore((state) => state.place === 'executions' && state.selected !== null);
  const shown = useStore((state) => state.centre.shown);
  if (!useful) return null;
  return (
    <Button
      kind="quiet"
      icon={<Columns3 aria-hidden="true" />}
      title={`${descriptionOf('toggleViews').title} (${keyOf('toggleViews')})`}
      aria-pressed={shown}
      onClick={() => obey('toggleViews')}
    >
      <span className={styles.word}>Views</span>
    </Button>
  );
}

/** The tree, and beside it views of the execution that is selected and everything about the selected row; its header above them all. */
function Workspace({ children }: { readonly children: ReactNode }) {
  const selected = useStore((state) => state.selected);
  const size = useStore((state) => state.paneSizes.get('inspector') ?? INSPECTOR.initial);
  const centreShown = useStore((state) => state.centre.shown);
  const usual = Math.round(useSyncExternalStore(onResize, () => window.innerWidth) * CENTRE.share);
  const centreSize = useStore((state) => state.paneSizes.get('centre')) ?? usual;
  return (
    <div className={styles.workspace}>
      <ErrorBoundary what="the header" resetKey={selected}>
        <ExecutionHeader />
      </ErrorBoundary>
      <div className={styles.panes}>
        <div className={styles.pane} data-pane="executions">
          {children}
        </div>
        {selected !== null && centreShown && (
          <section
            className={styles.centre}
            style={{ '--side': `${centreSize}px` } as Record<string, string>}
            aria-label="Views"
            data-pane="centre"
            onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && focusPane('executions')}
          >
            <Splitter
              label="Width of the views"
              size={centreSize}
              initial={usual}
              min={CENTRE.min}
              max={CENTRE.max}
              onResize={(width) => resizePane('centre', width)}
            />
            <div className={styles.sideContent}>
              <Centre tabs={centreTabs} />
            </div>
          </section>
        )}
        {selected !== null && (
          <aside
            className={styles.side}
            style={{ '--side': `${size}px` } as Record<string, string>}
            aria-label="Inspector"
            data-pane="inspector"
            tabIndex={-1}
            onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && focusPane('executions')}
          >
            <Splitter
              label="Width of the inspector"
              size={size}
              {...INSPECTOR}
              onResize={(width) => resizePane('inspector', width)}
            />
            <div className={styles.sideContent}>
              <ErrorBoundary what="the inspector" resetKey={selected}>
                <Inspector />
              </ErrorBoundary>
            </div>
          </aside>
        )}
      </div>
    </div>
  );
}

function onResize(listener: () => void): () => void {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
}

/** Keys that mean the same everywhere. The menu has them too, where there is one. */
function useKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const inText =
        event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]') !== null;
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (event.key === '?' && plain && !inText) obey('shortcuts');
      else if (event.key === keyOf('toggleViews') && plain && !inText) obey('toggleViews');
      else if (event.key === '.' && (event.ctrlKey || event.metaKey) && !event.shiftKey) obey('togglePause');
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
