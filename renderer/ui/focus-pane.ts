/** Moves the keyboard to a pane (`data-pane`): into its grid, if it has one, else onto the pane as a whole. */
export function focusPane(name: string): void {
  const pane = document.querySelector(`[data-pane="${name}"]`);
  const target = pane?.querySelector('[role="row"][tabindex="0"]') ?? pane;
  if (target instanceof HTMLElement) target.focus();
}
