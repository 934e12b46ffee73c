/** Where the control plane's routes are. */
export const PREFIX = '/api/v1';
