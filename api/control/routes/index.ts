/** Every route of the control plane. */
import type { Route } from '../types.ts';
import { auditRoutes } from './audit.ts';
import { optionRoutes } from './options.ts';
import { tokenRoutes } from './tokens.ts';
import { variableRoutes } from './variables.ts';

export const routes: readonly Route[] = [...tokenRoutes, ...auditRoutes, ...variableRoutes, ...optionRoutes];
