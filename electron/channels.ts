/** The two IPC channels: the window asks, the shell tells. In a file of their own, so that the preload carries no schemas. */
export const callChannel = 'windrose:call';
export const tellChannel = 'windrose:tell';
