import { normaliseAuthServer, normaliseResourceServer } from '../halo/host.ts';
import type { NormaliseServer } from '../configuration/file/scope.ts';

/** Addresses of a configuration file in the form that is stored; on-premise ones may be private, short and http. */
export const normaliseServer: NormaliseServer = (text, { field, onPremise }) =>
  field === 'authServer'
    ? normaliseAuthServer(text, { onPremise })
    : normaliseResourceServer(text, { onPremise });
