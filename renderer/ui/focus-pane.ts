/** Moves the keyboard to a pane (`data-pane`): onto the pane itself if it takes the focus, else into the grid in it. */
export function focusPane(name: string): void {
  const pane = document.querySelector(`[data-pane="${name}"]`);
  const target = pane?.hasAttribute('tabindex') === true ? pane : pane?.querySelector('[role="row"][tabindex="0"]');
  if (target instanceof HTMLElement) target.focus();
}
