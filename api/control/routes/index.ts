/** Every route of the control plane. */
import type { Route } from '../types.ts';
import { auditRoutes } from './audit.ts';
import { connectionRoutes } from './connections.ts';
import { organizationRoutes } from './organizations.ts';
import { tokenRoutes } from './tokens.ts';

export const routes: readonly Route[] = [
  ...organizationRoutes,
  ...connectionRoutes,
  ...tokenRoutes,
  ...auditRoutes,
];
