/** The IPC channels: the window asks, for a value or for its JSON text, and the shell tells. In a file of their own, so that the preload carries no schemas. */
export const callChannel = 'windrose:call';
export const readChannel = 'windrose:read';
export const tellChannel = 'windrose:tell';
