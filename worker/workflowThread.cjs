// Loaded by each of Temporal's workflow threads before its own code (worker/workflowThreads.ts). V8 stops a workflow that
// runs for too long in the middle of a microtask. If a run of that thread uses AsyncLocalStorage, as every
// CancellationScope does, Node is then one async context too deep, and ends the whole process when it notices
// ("async hook stack has become corrupted"). The contexts that were left behind are removed here.
const vm = require('node:vm');

// From Node 24 on AsyncLocalStorage needs no async hooks.
if (Number(process.versions.node.split('.')[0]) < 24) {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  const hooks = process.binding('async_wrap');
  process.noDeprecation = noDeprecation;
  const { kExecutionAsyncId, kStackLength } = hooks.constants;
  const depth = () => hooks.async_hook_fields[kStackLength];

  for (const [owner, name] of [
    [vm, 'runInContext'],
    [vm.Script.prototype, 'runInContext'],
  ]) {
    const run = owner[name];
    owner[name] = function runInContext(...args) {
      const before = depth();
      try {
        return run.apply(this, args);
      } finally {
        while (depth() > before) hooks.popAsyncContext(hooks.async_id_fields[kExecutionAsyncId]);
      }
    };
  }
}
