/** Every route of the control plane. */
import type { Route } from '../types.ts';
import { auditRoutes } from './audit.ts';
import { eventRoutes } from './events.ts';
import { runRoutes } from './runs.ts';
import { streamRoutes } from './stream.ts';
import { connectionRoutes } from './connections.ts';
import { organizationRoutes } from './organizations.ts';
import { mappingEditRoutes } from './mappingEdits.ts';
import { mappingRoutes } from './mappings.ts';
import { tokenRoutes } from './tokens.ts';
import { triggerRoutes } from './triggers.ts';

export const routes: readonly Route[] = [
  ...tokenRoutes,
  ...auditRoutes,
  ...runRoutes,
  ...eventRoutes,
  ...triggerRoutes,
  ...streamRoutes,
  ...organizationRoutes,
  ...connectionRoutes,
  ...mappingRoutes,
  ...mappingEditRoutes,
];
