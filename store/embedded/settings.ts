/** How the embedded PostgreSQL is set: for one small machine, and never losing a commit. */

/** Settings for the command line, `name=value`; `name` marks the server's processes. */
export function settings(name: string): string[] {
  return [
    `cluster_name=${name}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=64MB',
    // Said, so that no configuration file takes it away.
    'fsync=on',
    'synchronous_commit=on',
    'full_page_writes=on',
    // Nobody replicates from here: less to write at each commit, and no idle processes for it.
    'wal_level=minimal',
    'max_wal_senders=0',
    'max_logical_replication_workers=0',
    'io_method=sync',
    'max_wal_size=512MB',
    'jit=off',
    'timezone=UTC',
    'log_timezone=UTC',
    'log_checkpoints=off',
    // Values of statements may be secrets, and what is refused quotes them: who has sent it is told, and nobody else.
    'log_min_messages=log',
    'log_parameter_max_length_on_error=0',
  ];
}
