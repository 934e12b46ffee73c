import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DEMO_TENANTS } from './demo.ts';
import { createTenantServer } from './http/server.ts';
import type { Database } from './rest/table.ts';
import { Tenant } from './tenant.ts';

/** Where one demo tenant listens and how to get in. */
export interface SandboxTenant {
  readonly name: string;
  /** Resource server without `/api`, e.g. `http://127.0.0.1:4010`. */
  readonly baseUrl: string;
  readonly authUrl: string;
  /** The value of `tenant` at the token endpoint. */
  readonly tenant: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly controlUrl: string;
}

/** A running local Halo. */
export interface Sandbox {
  readonly tenants: SandboxTenant[];
  close(): Promise<void>;
}

export interface SandboxOptions {
  /** The first tenant's port, the others follow; 0 takes free ones. */
  readonly port?: number;
  /** Multiplies the number of tickets. */
  readonly scale?: number;
  /** The moment that the data's dates are relative to. */
  readonly now?: Date;
}

interface Running {
  readonly tenant: Tenant;
  readonly server: Server;
  readonly port: number;
}

/** Starts the demo tenants on loopback, each on a port of its own. Throws an error that names the port when one is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, scale = 1, now = new Date() } = options;
  if (port + DEMO_TENANTS.length - 1 > 65_535) {
    throw new Error(
      `port ${port} leaves no port for each of the ${DEMO_TENANTS.length} tenants: choose a smaller one`,
    );
  }
  const running: Running[] = [];
  const backups = new Map<string, Database>();
  const close = async (): Promise<void> => {
    await Promise.all(running.map(stop));
  };
  try {
    for (const [index, demo] of DEMO_TENANTS.entries()) {
      const tenant = new Tenant(demo, { scale, now }, backups);
      const server = createTenantServer(tenant);
      running.push({ tenant, server, port: await listen(server, port === 0 ? 0 : port + index) });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { tenants: running.map(describe), close };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason =
      code === 'EADDRINUSE'
        ? 'is in use; choose another one or stop what uses it'
        : `failed: ${String(code)}`;
    throw new Error(`port ${port} for the sandbox ${reason}`, { cause: error });
  }
  return (server.address() as AddressInfo).port;
}

function describe({ tenant, port }: Running): SandboxTenant {
  const { name, tenant: tenantName, clientId, clientSecret } = tenant.demo;
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    name,
    baseUrl,
    authUrl: `${baseUrl}/auth`,
    tenant: tenantName,
    clientId,
    clientSecret,
    controlUrl: `${baseUrl}/_control`,
  };
}

async function stop({ tenant, server }: Running): Promise<void> {
  await tenant.deliveries.close();
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
