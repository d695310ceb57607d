import { Component, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { Message } from './message.tsx';

interface ErrorBoundaryProps {
  /** What is inside, as it is named in a sentence: "the inspector". */
  readonly what: string;
  /** When it becomes another one, what is inside is tried again. */
  readonly resetKey?: unknown;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly error: unknown;
  readonly resetKey: unknown;
}

/** Keeps a mistake in one pane from taking the window with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override readonly state: ErrorBoundaryState = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { error };
  }

  static getDerivedStateFromProps(
    { resetKey }: ErrorBoundaryProps,
    state: ErrorBoundaryState,
  ): Partial<ErrorBoundaryState> | null {
    return resetKey === state.resetKey ? null : { error: null, resetKey };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Message
        title={`A mistake in Windrose keeps ${this.props.what} from being shown`}
        actions={<Button onClick={() => this.setState({ error: null })}>Try again</Button>}
      >
        {error instanceof Error ? error.message : String(error)}
      </Message>
    );
  }
}
