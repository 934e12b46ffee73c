/** Every route of the control plane. */
import type { Route } from '../types.ts';
import { auditRoutes } from './audit.ts';
import { mappingCreationRoutes } from './mappingCreation.ts';
import { mappingEditRoutes } from './mappingEdits.ts';
import { mappingFileRoutes } from './mappingFiles.ts';
import { mappingRoutes } from './mappings.ts';
import { tokenRoutes } from './tokens.ts';

export const routes: readonly Route[] = [
  ...tokenRoutes,
  ...auditRoutes,
  ...mappingRoutes,
  ...mappingEditRoutes,
  ...mappingFileRoutes,
  ...mappingCreationRoutes,
];
