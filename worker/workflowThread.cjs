// Loaded by each of Temporal's workflow threads before its own code (worker/workflowThreads.ts).
const v8 = require('node:v8');
const vm = require('node:vm');

// V8 stops a workflow that runs for too long in the middle of a microtask. If a run of that thread uses
// AsyncLocalStorage, as every CancellationScope does, Node is then one async context too deep, and ends the whole process
// when it notices ("async hook stack has become corrupted"). The contexts that were left behind are removed. From Node 24
// on, AsyncLocalStorage needs no async hooks.
const hooks = Number(process.versions.node.split('.')[0]) < 24 ? asyncHooks() : undefined;

function asyncHooks() {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  const binding = process.binding('async_wrap');
  process.noDeprecation = noDeprecation;
  const { kExecutionAsyncId, kStackLength } = binding.constants;
  const depth = () => binding.async_hook_fields[kStackLength];
  return {
    depth,
    popTo(before) {
      while (depth() > before) binding.popAsyncContext(binding.async_id_fields[kExecutionAsyncId]);
    },
  };
}

// For each promise of a workflow, the SDK makes an error and maps its stack, so that it can answer the query
// `__stack_trace`: up to a millisecond each. A step that makes some thousand calls would not end within its 5 seconds on a
// slow machine. The promises that a step makes first are enough for that query.
const MOST_NOTED = 100;
const noted = new WeakSet();
let left = MOST_NOTED;

for (const [owner, name] of [
  [vm, 'runInContext'],
  [vm.Script.prototype, 'runInContext'],
]) {
  const run = owner[name];
  owner[name] = function runInContext(...args) {
    left = MOST_NOTED;
    const before = hooks?.depth();
    try {
      return run.apply(this, args);
    } finally {
      hooks?.popTo(before);
    }
  };
}

const { createHook } = v8.promiseHooks;
v8.promiseHooks.createHook = ({ init, settled, ...others }) =>
  createHook({
    ...others,
    init(promise, parent) {
      if (left === 0) return;
      left -= 1;
      noted.add(promise);
      init(promise, parent);
    },
    settled(promise) {
      if (noted.delete(promise)) settled(promise);
    },
  });
