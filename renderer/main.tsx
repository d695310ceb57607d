import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { start } from './state/start.ts';
import { ErrorBoundary } from './ui/error-boundary.tsx';

/** The page shows itself once it knows where the person was the last time, so that nothing jumps. */
async function main(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) return;
  await start();
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary what="the window">
        <App />
      </ErrorBoundary>
    </StrictMode>,
  );
}

void main();
