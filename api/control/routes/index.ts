/** Every route of the control plane. */
import type { Route } from '../types.ts';
import { auditRoutes } from './audit.ts';
import { budgetRoutes } from './budgets.ts';
import { choiceRoutes } from './choices.ts';
import { configurationRoutes } from './configuration.ts';
import { connectionRestoredRoutes } from './connectionRestored.ts';
import { connectionReturnRoutes } from './connectionReturn.ts';
import { connectionSecretRoutes } from './connectionSecret.ts';
import { connectionRoutes } from './connections.ts';
import { eventRoutes } from './events.ts';
import { explainRoutes } from './explain.ts';
import { mappingCreationRoutes } from './mappingCreation.ts';
import { mappingEditRoutes } from './mappingEdits.ts';
import { mappingFileRoutes } from './mappingFiles.ts';
import { mappingRoutes } from './mappings.ts';
import { optionRoutes } from './options.ts';
import { organizationRoutes } from './organizations.ts';
import { runRoutes } from './runs.ts';
import { streamRoutes } from './stream.ts';
import { tokenRoutes } from './tokens.ts';
import { triggerChangeRoutes } from './triggerChanges.ts';
import { triggerRoutes } from './triggers.ts';
import { triggerPastRoutes } from './triggersPast.ts';
import { variableRoutes } from './variables.ts';

export const routes: readonly Route[] = [
  ...auditRoutes,
  ...budgetRoutes,
  ...choiceRoutes,
  ...configurationRoutes,
  ...connectionRestoredRoutes,
  ...connectionReturnRoutes,
  ...connectionSecretRoutes,
  ...connectionRoutes,
  ...eventRoutes,
  ...explainRoutes,
  ...mappingCreationRoutes,
  ...mappingEditRoutes,
  ...mappingFileRoutes,
  ...mappingRoutes,
  ...optionRoutes,
  ...organizationRoutes,
  ...runRoutes,
  ...streamRoutes,
  ...tokenRoutes,
  ...triggerRoutes,
  ...triggerChangeRoutes,
  ...triggerPastRoutes,
  ...variableRoutes,
];
