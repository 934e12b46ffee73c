/** Every route of the control plane. */
import type { Route } from '../types.ts';
import { auditRoutes } from './audit.ts';
import { configurationRoutes } from './configuration.ts';
import { connectionSecretRoutes } from './connectionSecret.ts';
import { tokenRoutes } from './tokens.ts';

export const routes: readonly Route[] = [
  ...tokenRoutes,
  ...auditRoutes,
  ...configurationRoutes,
  ...connectionSecretRoutes,
];
